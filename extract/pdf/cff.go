package pdf

func parseCFF(data []byte, p *fontProgram) {}

func parseType1(data []byte, p *fontProgram) {}
