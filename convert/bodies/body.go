package bodies

// Kind is what sort of body it is.
type Kind string

// The kinds of bodies. They differ in what they may have (only some governments
// make 规章) and in when their reports are due.
const (
	KindGovernment Kind = "government" // a people's government, of a county or above
	KindDepartment Kind = "department" // of a government, 垂直管理 ones included
	KindTownship   Kind = "township"   // 乡, 镇 and 苏木
	KindStreet     Kind = "street"     // 街道办事处
	KindZone       Kind = "zone"       // 管委会 of a 开发区, 园区, 景区
	KindEnterprise Kind = "enterprise" // 公共企事业单位: schools, hospitals, water, …
	KindOther      Kind = "other"
)

// Level is the administrative level of a body.
type Level string

// The levels, from above.
const (
	LevelState    Level = "state"
	LevelProvince Level = "province"
	LevelCity     Level = "city"
	LevelCounty   Level = "county"
	LevelTownship Level = "township"
)

// Body is one body of a list.
type Body struct {
	// ID is made by New where an entry has none, and stays when the name changes.
	ID string `json:"id"`
	// Name is the full name. Names and aliases are unique in the whole list.
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Kind    Kind     `json:"kind"`
	Level   Level    `json:"level,omitempty"`
	// Parent is the id of the body it belongs to; empty at the top.
	Parent string `json:"parent,omitempty"`
	// Excluded bodies are on the list, for names and the tree, but file no report
	// that their parent counts (不编报, 垂直管理): nothing is missing where they file none,
	// and where they do it is in no sum.
	Excluded bool   `json:"excluded,omitempty"`
	Note     string `json:"note,omitempty"`
}

// Kinds are all kinds in their order.
func Kinds() []Kind {
	return []Kind{KindGovernment, KindDepartment, KindTownship, KindStreet, KindZone, KindEnterprise, KindOther}
}

// Levels are all levels from above.
func Levels() []Level {
	return []Level{LevelState, LevelProvince, LevelCity, LevelCounty, LevelTownship}
}

// KindOf tells the kind by the end of a name; KindOther where it does not say.
func KindOf(name string) Kind { return guessKind(name) }

// kindWords are the kinds in tables as keys, the first as we write them.
var kindWords = []struct {
	kind  Kind
	words []string
}{
	{KindGovernment, []string{"政府", "人民政府", "一级政府"}},
	{KindDepartment, []string{"部门", "工作部门", "政府部门", "直属单位", "派出机构", "垂直管理部门"}},
	{KindTownship, []string{"乡镇", "乡", "镇", "乡镇人民政府", "镇街"}},
	{KindStreet, []string{"街道", "街道办事处", "街办"}},
	{KindZone, []string{"开发区", "园区", "管委会", "功能区", "新区"}},
	{KindEnterprise, []string{"公共企事业单位", "企事业单位", "企业", "事业单位", "学校", "医院"}},
	{KindOther, []string{"其他", "其它"}},
}

var levelWords = []struct {
	level Level
	words []string
}{
	{LevelState, []string{"国家级", "国家", "中央"}},
	{LevelProvince, []string{"省级", "省", "自治区", "直辖市"}},
	{LevelCity, []string{"市级", "市", "地级", "地市级", "设区的市", "州", "盟"}},
	{LevelCounty, []string{"县级", "县", "区县", "县区", "区级", "县区级", "旗"}},
	{LevelTownship, []string{"乡级", "乡镇级", "乡", "镇级", "镇", "街道"}},
}

// Word is the kind in Chinese, as tables have it.
func (k Kind) Word() string {
	for _, w := range kindWords {
		if w.kind == k {
			return w.words[0]
		}
	}
	return string(k)
}

// Word is the level in Chinese; empty where it is not known.
func (l Level) Word() string {
	for _, w := range levelWords {
		if w.level == l {
			return w.words[0]
		}
	}
	return string(l)
}

// kindOf reads a kind: the constant or one of its words.
func kindOf(s string) (Kind, bool) {
	k := key(s)
	for _, w := range kindWords {
		if s == string(w.kind) {
			return w.kind, true
		}
		for _, word := range w.words {
			if k == word {
				return w.kind, true
			}
		}
	}
	return "", false
}

func levelOf(s string) (Level, bool) {
	k := key(s)
	for _, w := range levelWords {
		if s == string(w.level) {
			return w.level, true
		}
		for _, word := range w.words {
			if k == word {
				return w.level, true
			}
		}
	}
	return "", false
}
