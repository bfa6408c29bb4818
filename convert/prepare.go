package convert

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract"
)

// Prepare makes what the first conversion with these options would make, once: tables
// of labels, and the patterns that nearly every report asks for. A program has the
// time, some 15 ms of a processor, while its first reading process starts.
func Prepare(opt Options) {
	Convert(&extract.Extraction{Document: usualDocument()}, report.Source{}, opt)
}

func usualDocument() *extract.Document {
	doc := &extract.Document{}
	for line := range strings.Lines(usual) {
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.Paragraph, Text: strings.TrimSpace(line)})
	}
	return doc
}

// usual is a report in the words of most; no figure of it is used.
const usual = `云溪区青石街道办事处2021年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》（国务院令第711号）规定，现公布2021年政府信息公开工作年度报告，数据统计期限为2021年1月1日至12月31日。联系地址：云溪区青石路1号，联系电话：027-55550100。
一、总体情况
2021年，我街道坚持以公开为常态、不公开为例外，加强组织领导，主动公开政府信息86条，其中通过区政府门户网站公开60条、微信公众号推送26条，同比增长12.5%。全年新收政府信息公开申请12件，其中自然人申请9件、企业申请3件，上年结转1件，均在法定期限内答复，予以公开8件，不予公开2件，结转下年度3件；未收取信息处理费，无行政复议、行政诉讼。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
存在两个方面的问题：一是公开内容不够全面；二是业务能力有待提升。下一步，各社区、各科室将积极配合，开展培训2次，切实保障群众的知情权、参与权、监督权。
六、其他需要报告的事项
无其他需要报告的事项。
云溪区人民政府青石街道办事处
2022年1月20日
`
