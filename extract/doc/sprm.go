package doc

// Property modifiers that matter here ([MS-DOC] 2.6). The bits of a code say what
// it modifies and how long its operand is.
const (
	sprmPIstd        = 0x4600
	sprmPJc80        = 0x2403
	sprmPJc          = 0x2461
	sprmPIlvl        = 0x260a
	sprmPIlfo        = 0x460b
	sprmPFInTable    = 0x2416
	sprmPFTtp        = 0x2417
	sprmPOutLvl      = 0x2640
	sprmPItap        = 0x6649
	sprmPDtap        = 0x664a
	sprmPFInnerCell  = 0x244b
	sprmPFInnerTtp   = 0x244c
	sprmPHugePapx    = 0x6646
	sprmPHugePapxOld = 0x6645
	sprmPTableProps  = 0x646b
	sprmPAnld        = 0xc63e
	sprmPChgTabs     = 0xc615
	sprmCFRMarkDel   = 0x0800
	sprmCFRMark      = 0x0801
	sprmCPicLocation = 0x6a03
	sprmCFData       = 0x0806
	sprmCSymbol      = 0x6a09
	sprmCIstd        = 0x4a30
	sprmCPlain       = 0x2a33
	sprmCFBold       = 0x0835
	sprmCFVanish     = 0x083c
	sprmCHps         = 0x4a43
	sprmCFSpec       = 0x0855
	sprmCRgFtc0      = 0x4a4f
	sprmSFTitlePage  = 0x300a
	sprmTDxaLeft     = 0x9601
	sprmTDxaGapHalf  = 0x9602
	sprmTDefTable    = 0xd608
	sprmTDefTable10  = 0xd606
	sprmTInsert      = 0x7621
	sprmTDelete      = 0x5622
	sprmTDxaCol      = 0x7623
	sprmTMerge       = 0x5624
	sprmTSplit       = 0x5625
	sprmTVertMerge   = 0xd62b
	sprmTTableHeader = 0x3404
	kindParagraph    = 1
	kindCharacter    = 2
	kindTable        = 5
)

// sprms walks a list of property modifiers. It ends where the list is cut.
type sprms struct {
	rest view
	op   int
	arg  view
}

// next goes to the next modifier.
func (s *sprms) next() bool {
	if !s.rest.has(0, 2) {
		return false
	}
	s.op = s.rest.u16(0)
	skip, n := 2, 0
	switch s.op >> 13 { // spra, [MS-DOC] 2.2.5.1
	case 0, 1:
		n = 1
	case 2, 4, 5:
		n = 2
	case 3:
		n = 4
	case 7:
		n = 3
	case 6:
		skip, n = 3, s.rest.u8(2)
		switch {
		case s.op == sprmTDefTable || s.op == sprmTDefTable10:
			skip, n = 4, max(s.rest.u16(2)-1, 0)
		case s.op == sprmPChgTabs && n == 255:
			// Its length stands in the counts within ([MS-DOC] 2.9.181).
			deleted := s.rest.u8(3)
			n = 2 + 4*deleted + 3*s.rest.u8(4+4*deleted)
		}
	}
	if !s.rest.has(skip, n) {
		return false
	}
	s.arg, s.rest = s.rest[skip:skip+n], s.rest[skip+n:]
	return true
}

// kind tells what the modifier modifies: paragraphs, characters or tables.
func (s *sprms) kind() int { return s.op >> 10 & 7 }
