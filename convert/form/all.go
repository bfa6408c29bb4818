package form

// Version is the version of the form data. It changes with every change of
// labels, aliases, paths or relations, because results depend on it.
const Version = "1"

// All returns the statutory forms, the newest first. The values are fresh at
// every call: the caller owns them.
func All() []Form {
	return []Form{form2021(), form2019()}
}

// Lookup returns the statutory form with the given ID.
func Lookup(id string) (Form, bool) {
	for _, f := range All() {
		if f.ID == id {
			return f, true
		}
	}
	return Form{}, false
}

// InForce returns the ID of the form that is in force for reports on the given
// year; empty where none of the forms is.
func InForce(forms []Form, year int) string {
	for i := range forms {
		f := &forms[i]
		if year >= f.FirstYear && (f.LastYear == 0 || year <= f.LastYear) {
			return f.ID
		}
	}
	return ""
}

// Table returns the table with the given key, or nil.
func (f *Form) Table(key string) *Table {
	for i := range f.Tables {
		if f.Tables[i].Key == key {
			return &f.Tables[i]
		}
	}
	return nil
}

// Chapter returns the chapter with the given key, or nil.
func (f *Form) Chapter(key string) *Chapter {
	for i := range f.Chapters {
		if f.Chapters[i].Key == key {
			return &f.Chapters[i]
		}
	}
	return nil
}
