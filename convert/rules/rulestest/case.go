package rulestest

// Case is one text and what the rules must say to it.
type Case struct {
	// Name tells cases apart in reports of failures: the phrasing, "#", the seed.
	Name string
	// Agency is the author; empty means 青柳市云溪区教育局.
	Agency string
	// Form is "2021" (also when empty) or "2019"; the year is the form's first.
	Form string
	// Chapter is the key of the section that gets the text; empty means
	// "overview". "preface" puts it before the first chapter.
	Chapter string
	// Text is the sentence or sentences; a line break parts paragraphs.
	Text string
	// Figures are table cells by JSON Pointer below "/report/"
	// ("applications/new/total": "12"). Cells not named are 0, and no sum is
	// made to fit: name all that the case is about.
	Figures map[string]string
	// Missing are statutory tables the report does not have ("applications").
	Missing []string
	// Want are the rules that must find something. Every other rule under test
	// must not.
	Want []string
	// MayFail are rules whose findings are neither right nor wrong here, because
	// a reviewer could take them either way.
	MayFail []string
	// HeldOut marks phrasings that were written after the rule.
	HeldOut bool
}
