// Package web renders the pages: upload and list, one report with its
// statutory tables as on paper, the rule catalogue, and errors. Pages are
// complete without script; the one script adds drag and drop and progress.
// Nothing is loaded from another host.
//
// A report's page has the original beside the tables. Places of the original have
// the ids of package places ("cell-2-5-3", "b12"), figures and chapters ids made of
// their JSON Pointers ("at-applications-new-total"), findings their number
// ("finding-3"); ?finding=3 and #finding-3 show the third in both, ?correct=PATH
// has the form that corrects a value.
//
// Every page is rendered to a buffer before the status is sent, and all text
// goes through html/template's escaping. Times are shown in Config.Location.
package web
