package rtf

import "nianbao/extract"

// destination is where the text of a group goes (RTF 1.9.1, "Destinations").
type destination uint8

const (
	toStory destination = iota
	toNowhere
	toFont         // the name of a font
	toStyle        // the name of a style
	toLevel        // the text of a list level
	toLabel        // the printed number of a paragraph
	toInstructions // of a field
	toObjectClass
	toPropertyName // of a shape
	toPropertyValue
	toListEntry // of a form's drop-down list
	toPicture   // hexadecimal data, not kept
)

// ending is what the end of a group completes.
type ending uint8

const (
	endsNothing ending = iota
	endsStory
	endsFont
	endsStyle
	endsList
	endsLevel
	endsOverride
	endsField
	endsObjectClass
	endsPicture
	endsShape
	endsProperty
	endsListEntry
)

// end completes what the group was opened for.
func (r *reading) end(e ending) {
	switch e {
	case endsStory:
		r.endStory()
	case endsFont:
		r.endFont()
	case endsStyle:
		r.endStyle()
	case endsList:
		r.endList()
	case endsLevel:
		r.endLevel()
	case endsOverride:
		r.endOverride()
	case endsField:
		r.endField()
	case endsObjectClass:
		r.endObjectClass()
	case endsPicture:
		r.endPicture()
	case endsShape:
		r.endShape()
	case endsProperty:
		r.endProperty()
	case endsListEntry:
		r.endListEntry()
	case endsNothing:
	}
}

// destination begins what a control word says the group holds; false where the
// word names no destination.
func (r *reading) destination(word string) bool {
	if r.g.to == toNowhere {
		if word == "ud" && len(r.groups) > 0 { // the Unicode part of \upr
			r.g.to = r.g.skipped
			return true
		}
		return false
	}
	return r.headerDestination(word) || r.bodyDestination(word) || r.drawingDestination(word)
}

// headerDestination begins the tables of the file's header, and what is left out.
func (r *reading) headerDestination(word string) bool {
	switch word {
	case "fonttbl":
		r.g.to, r.g.ends = toFont, endsFont
		r.font = newFont()
	case "stylesheet":
		r.g.to, r.g.ends = toStyle, endsStyle
		r.style = style{}
	case "listtable", "listoverridetable":
		r.g.to = toLevel
	case "list":
		r.list, r.g.ends = &list{}, endsList
	case "listlevel":
		r.beginLevel()
	case "listoverride":
		r.override, r.g.ends = &override{}, endsOverride
	case "lfolevel":
		r.override.beginLevel()
	case "leveltext":
		r.text = r.text[:0]
	case "upr":
		r.g.skipped, r.g.to = r.g.to, toNowhere
	case "info", "colortbl", "filetbl", "revtbl", "levelnumbers", "listname", "liststylename", "listpicture",
		"private", "bkmkpub", "template", "fname", "falt", "panose", "fontemb", "fontfile",
		"xe", "tc", "tcn", "rxe", "txe", "nextfile", "datafield", "objdata", "objname", "objtime", "blipuid", "blipdata",
		"themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "rsidtbl", "generator", "mmathPict",
		"ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "nonesttables", "shprslt", "background", "pgdsctbl":
		r.g.to, r.g.skipped = toNowhere, toNowhere
	default:
		return false
	}
	return true
}

// bodyDestination begins stories, labels and fields.
func (r *reading) bodyDestination(word string) bool {
	switch word {
	case "header", "headerl", "headerr", "headerf":
		r.beginStory("header", extract.RoleHeader)
	case "footer", "footerl", "footerr", "footerf":
		r.beginStory("footer", extract.RoleFooter)
	case "footnote":
		r.beginStory("footnote", extract.RoleFootnote)
	case "annotation":
		r.beginComment()
	case "listtext", "pntext":
		r.g.to = toLabel
		r.story.label, r.story.labelled, r.labels = r.story.label[:0], true, true
	case "field":
		r.g.field, r.g.ends = &field{outer: r.g.field}, endsField
	case "fldinst":
		r.g.to = toInstructions
	case "fldrslt":
		r.beginResult()
	case "ffl":
		r.g.to, r.g.ends, r.text = toListEntry, endsListEntry, r.text[:0]
	case "nesttableprops":
		r.g.nested = true
	case "mmath", "moMath", "moMathPara", "formfield", "result", "ud", "do", "shpgrp":
	default:
		if len(word) > 3 && word[0] == 'm' && word[len(word)-2:] == "Pr" { // properties of mathematics
			r.g.to = toNowhere
			return true
		}
		return false
	}
	return true
}

// drawingDestination begins pictures, objects and shapes.
func (r *reading) drawingDestination(word string) bool {
	switch word {
	case "pict":
		r.beginPicture()
	case "picprop":
	case "shppict":
		r.picture = true
	case "nonshppict": // the same picture for older readers
		if r.picture {
			r.g.to = toNowhere
		}
		r.picture = false
	case "object":
		r.object = r.object[:0]
	case "objclass":
		r.g.to, r.g.ends = toObjectClass, endsObjectClass
	case "shp":
		r.g.shape, r.g.ends = &shape{}, endsShape
	case "shpinst":
	case "sn":
		if r.g.shape == nil {
			return false
		}
		r.g.to, r.g.shape.name = toPropertyName, r.g.shape.name[:0]
	case "sv":
		if r.g.shape == nil {
			return false
		}
		r.g.to, r.g.ends, r.g.shape.value = toPropertyValue, endsProperty, r.g.shape.value[:0]
	case "shptxt", "dptxbxtext":
		r.beginStory("textbox", extract.RoleTextbox)
	default:
		return false
	}
	return true
}
