// Package web renders the pages: upload and list, one report with its
// statutory tables as on paper, the rule catalogue, and errors. Pages are
// complete without script; the one script adds drag and drop and progress.
// Nothing is loaded from another host.
//
// Every page is rendered to a buffer before the status is sent, and all text
// goes through html/template's escaping. Times are shown in Config.Location.
package web
