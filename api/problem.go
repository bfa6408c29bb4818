package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
)

// Problem is an error answer, RFC 9457 with our extensions. It is also the
// error that handlers return.
type Problem struct {
	Title  string `json:"title" doc:"问题的种类"`
	Status int    `json:"status" doc:"HTTP status"`
	Code   string `json:"code" doc:"Stable code of the kind of error"`
	Detail string `json:"detail" doc:"发生了什么、应当怎样处理"`
	// Limit is name and value of the limit that was exceeded.
	Limit string `json:"limit,omitempty" doc:"Name and value of the limit, as in max_upload_bytes=67108864"`
	// RequestID finds the request in the service's log.
	RequestID string `json:"request_id,omitempty" doc:"Id of the request in the service's log"`
	// ReportID is set where the original was archived all the same.
	ReportID string         `json:"report_id,omitempty" doc:"The archived report, where the original was kept"`
	Errors   []FieldProblem `json:"errors,omitempty" doc:"All mistakes of the request at once"`

	cause   error // for the log, never for the client
	headers http.Header
}

// FieldProblem is one mistake of a request.
type FieldProblem struct {
	Location string `json:"location" doc:"Where, as in query.limit"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string {
	if p.cause != nil {
		return p.Code + ": " + p.cause.Error()
	}
	return p.Code + ": " + p.Detail
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.cause }

// GetStatus makes Problem a huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders makes Problem a huma.HeadersError.
func (p *Problem) GetHeaders() http.Header { return p.headers }

// ContentType makes huma answer application/problem+json.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

var (
	_ huma.StatusError       = (*Problem)(nil)
	_ huma.HeadersError      = (*Problem)(nil)
	_ huma.ContentTypeFilter = (*Problem)(nil)
)

// The stable codes; those of reading failures are extract.Code values.
const (
	codeBadRequest  = "bad_request"
	codeUnauth      = "unauthenticated"
	codeForbidden   = "forbidden"
	codeNotFound    = "not_found"
	codeMethod      = "method_not_allowed"
	codeConflict    = "conflict"
	codeChanged     = "precondition_failed"
	codeNeedsMatch  = "precondition_required"
	codeTooLarge    = "too_large"
	codeBusy        = "busy"
	codeInternal    = "internal"
	codeUnavailable = "unavailable"
)

// problem makes a Problem of a kind. An empty detail takes the kind's advice.
func problem(code, detail string) *Problem {
	p := &Problem{Code: code, Detail: detail}
	advice := ""
	switch code {
	case codeBadRequest:
		p.Status, p.Title, advice = 400, "请求有误", "请按接口说明（/docs）修改请求后重试。"
	case codeUnauth:
		p.Status, p.Title, advice = 401, "请先登录", "请在页面 /login 登录，或在请求头中给出有效的口令（Authorization: Bearer …）。"
		p.headers = http.Header{"Www-Authenticate": {`Bearer realm="nianbao"`}}
	case codeForbidden:
		p.Status, p.Title, advice = 403, "不允许的请求", "请从本服务自己的页面提交。"
	case codeNotFound:
		p.Status, p.Title, advice = 404, "没有找到", "请核对地址，或回到首页从列表中打开。"
	case codeMethod:
		p.Status, p.Title, advice = 405, "不支持的请求方法", "请按接口说明（/docs）使用请求方法。"
	case codeConflict:
		p.Status, p.Title, advice = 409, "与先前的请求冲突", "请为不同的内容使用不同的 Idempotency-Key。"
	case codeChanged:
		p.Status, p.Title, advice = 412, "名单已被他人修改", "请重新读取名单，在新的名单上修改后再提交。"
	case codeNeedsMatch:
		p.Status, p.Title, advice = 428, "需要说明修改的是哪一版", "请在 If-Match 中给出读取名单时的 ETag。"
	case codeBusy:
		p.Status, p.Title, advice = 429, "请求过多", "请稍后重试。"
		p.headers = http.Header{"Retry-After": {"10"}}
	case codeTooLarge:
		p.Status, p.Title, advice = 413, "文件过大", "请压缩文件中的图片或拆分后重新上传。"
	case string(extract.CodeUnsupported):
		p.Status, p.Title, advice = 415, "不支持的文件格式", "请上传 Word（.docx、.doc、.rtf）、网页（.html、.mht）或 PDF 文件。"
	case string(extract.CodeEncrypted):
		p.Status, p.Title, advice = 422, "文件已加密", "请去掉打开密码后重新上传。"
	case string(extract.CodeDamaged):
		p.Status, p.Title, advice = 422, "文件已损坏", "请用原来的程序重新导出后上传。"
	case string(extract.CodeLimit):
		p.Status, p.Title, advice = 422, "超出处理限制", "请拆分或精简文件后重新上传。"
	case string(extract.CodeTimeout):
		p.Status, p.Title, advice = 504, "转换超时", "原件已保存，请精简文件后重新上传，或联系管理员。"
	case codeUnavailable:
		p.Status, p.Title, advice = 503, "暂时无法服务", "请稍后重试；如果一直如此，请联系管理员。"
		p.headers = http.Header{"Retry-After": {"5"}}
	default:
		p.Code = codeInternal
		p.Status, p.Title, advice = 500, "服务内部错误", "这不是您的文件或操作的问题。请稍后重试；如再次出现，请把请求编号告诉管理员。"
	}
	if !strings.Contains(strings.ReplaceAll(p.Detail, "申请", ""), "请") { // says what is wrong, perhaps, but not what to do
		p.Detail += advice
	}
	return p
}

// caused is a problem whose cause goes to the log.
func caused(code, detail string, cause error) *Problem {
	p := problem(code, detail)
	p.cause = cause
	return p
}

const brokenOff = "上传没有完成：数据中断或格式不完整。请重新上传。"

// problemOf is the one table from errors to answers.
func problemOf(err error) *Problem {
	var p *Problem
	var body *http.MaxBytesError
	var large *intake.TooLargeError
	var receive *intake.ReceiveError
	var away *intake.UnavailableError
	if p := accessProblem(err); p != nil {
		return p
	}
	if p := bodiesProblem(err); p != nil {
		return p
	}
	if p := reviewProblem(err); p != nil {
		return p
	}
	if p := pictureProblem(err); p != nil {
		return p
	}
	if p := rollUpProblem(err); p != nil {
		return p
	}
	switch read := extract.AsError(err); {
	case errors.As(err, &p):
		return p
	case errors.As(err, &large):
		p = tooLarge(large.Limit)
	case errors.As(err, &body):
		p = tooLarge(body.Limit)
	case errors.As(err, &receive):
		p = problem(codeBadRequest, brokenOff)
	case read != nil:
		p = problem(string(read.Code), read.Detail)
		p.Limit = read.Limit
	case errors.Is(err, intake.ErrNotFound):
		p = problem(codeNotFound, "没有这份报告：它可能已被删除，或者地址有误。请回到首页从列表中打开。")
	case errors.Is(err, intake.ErrBadFilter):
		p = problem(codeBadRequest, "列表的条件有误：cursor 应取自上一页的 next，limit 为 1 到 200。")
	case errors.Is(err, intake.ErrConflict):
		p = problem(codeConflict, "")
	case errors.Is(err, intake.ErrBusy):
		p = problem(codeBusy, busyDetail(err))
	case errors.As(err, &away):
		p = problem(codeUnavailable, "归档或目录库暂时不可用，没有保存。请稍后重试。")
	case errors.Is(err, intake.ErrNotReady):
		p = problem(codeUnavailable, "这份报告还在处理中，请稍候再看。")
	case errors.Is(err, intake.ErrClosed):
		p = problem(codeUnavailable, "服务正在重启，请稍后重试。")
	case errors.Is(err, context.DeadlineExceeded):
		p = problem(string(extract.CodeTimeout), "")
	case errors.Is(err, context.Canceled):
		p = problem(codeUnavailable, "请求在完成前被中断，请重试。")
	default:
		p = problem(codeInternal, "")
	}
	p.cause = err
	return p
}

// accessProblem is the part of the table about who may; nil for other errors.
func accessProblem(err error) (p *Problem) {
	var busy *auth.BusyError
	var draft *auth.DraftError
	switch {
	case errors.As(err, &busy):
		p = problem(codeBusy, "从这个地址来的口令连续多次不对。请稍后重试。")
		p.headers = http.Header{"Retry-After": {strconv.Itoa(int((busy.RetryAfter + time.Second - 1) / time.Second))}}
	case errors.As(err, &draft):
		p = problem(codeBadRequest, "请改正："+draft.Error()+"。")
	case errors.Is(err, auth.ErrUnauthenticated):
		p = problem(codeUnauth, "")
	case errors.Is(err, auth.ErrCSRF):
		p = problem(codeForbidden, "页面已经过期（可能在别处重新登录过）。请刷新页面后重新提交。")
	case errors.Is(err, auth.ErrNoTokens):
		p = problem(codeForbidden, "本服务还没有口令。请在服务所在的机器上用 nianbao token create --role admin 建立第一个口令，登录后再来。")
	case errors.Is(err, auth.ErrForbidden):
		p = problem(codeForbidden, "您的口令没有做这件事的权限。如确有需要，请联系管理员。")
	case errors.Is(err, auth.ErrNameTaken):
		p = problem(codeConflict, "已有这个名称的口令在用。请换一个名称，或先吊销那个口令。")
	case errors.Is(err, auth.ErrBadCursor):
		p = problem(codeBadRequest, "cursor 有误：请用上一页的 next。")
	case errors.Is(err, auth.ErrStore):
		p = problem(codeUnavailable, "")
	default:
		return nil
	}
	p.cause = err
	return p
}

// busyDetail names the limit that was met.
func busyDetail(err error) string {
	for _, limit := range [...][2]string{
		{"queue_bound=", "排队的报告已达上限"},
		{"receptions=", "同时接收的上传已达上限"},
	} {
		if _, rest, ok := strings.Cut(err.Error(), limit[0]); ok {
			n, _, _ := strings.Cut(rest, " ")
			return fmt.Sprintf("%s（%s%s）。请稍后重试。", limit[1], limit[0], n)
		}
	}
	return ""
}

// storedProblem is the answer for a conversion that failed earlier.
func storedProblem(f *report.Problem) *Problem {
	if f == nil {
		return problem(codeInternal, "")
	}
	p := problem(f.Code, f.Detail)
	p.Limit = f.Limit
	if f.Title != "" {
		p.Title = f.Title
	}
	return p
}

// tooLarge names the limit on an upload, in bytes.
func tooLarge(limit int64) *Problem {
	p := problem(codeTooLarge, fmt.Sprintf("文件超过上传上限 %s。请压缩文件中的图片或拆分后重新上传。", byteSize(limit)))
	p.Limit = fmt.Sprintf("max_upload_bytes=%d", limit)
	return p
}

// byteSize prints a size for people.
func byteSize(n int64) string {
	switch {
	case n >= 1<<20:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/(1<<20)), ".0") + " MB"
	case n >= 1<<10:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/(1<<10)), ".0") + " KB"
	}
	return fmt.Sprintf("%d 字节", n)
}

// fromHuma turns huma's own errors (parameters it could not parse or that break
// their schema) into ours: status 400, all mistakes listed, in Chinese.
func fromHuma(e *huma.ErrorModel) *Problem {
	if e.Status >= http.StatusInternalServerError {
		return problem(codeInternal, "")
	}
	p := problem(codeBadRequest, "")
	for _, d := range e.Errors {
		if d != nil {
			p.Errors = append(p.Errors, FieldProblem{Location: d.Location, Message: inChinese(d.Message)})
		}
	}
	if len(p.Errors) > 0 {
		parts := make([]string, len(p.Errors))
		for i, f := range p.Errors {
			parts[i] = f.Location + " " + f.Message
		}
		p.Detail = "请改正以下参数：" + strings.Join(parts, "；") + "。"
	}
	return p
}

// inChinese translates the validation messages our parameters can give.
func inChinese(msg string) string {
	for _, t := range [...][2]string{
		{"invalid integer", "应为整数"},
		{"expected number >= ", "应不小于 "},
		{"expected number <= ", "应不大于 "},
		{"expected length <= ", "长度应不超过 "},
		{"expected length >= ", "长度应不少于 "},
		{"expected value to be one of ", "应为以下之一："},
		{"required ", "缺少必填项 "},
	} {
		if rest, ok := strings.CutPrefix(msg, t[0]); ok {
			return t[1] + rest
		}
	}
	return msg
}
