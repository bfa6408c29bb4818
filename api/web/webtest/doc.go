// Package webtest drives pages in a real browser for tests. [Open] gives a tab
// on a service that runs somewhere; the browser (chromium, headless) is started
// once for a test binary, and every tab has a context of its own: no cookies, no
// cache, no history of another test.
//
//	tab := webtest.Open(t, base)
//	tab.Go("/rules")                         // waits for the page
//	tab.Click("a[href='#applications.sum']") // waits for the element
//	tab.Inspect("rules")                     // what every page has to pass
//
// Every tab is watched from its first page to the end of the test: errors and
// warnings in the console, exceptions, and requests to another host fail the test
// by themselves. What a test provokes on purpose it allows with [Tab.Allow].
//
// A package that uses it closes the browser at the end by [M]:
//
//	func TestMain(m *testing.M) { os.Exit(webtest.M{M: m}.Run()) }
//
// Where there is no chromium, tests skip with the words "SKIPPED, NOT PASSED";
// where NIANBAO_TEST_REQUIRE is 1 they fail. The same holds for the
// accessibility engine axe-core, which is no part of this repository: its
// axe.min.js is found by NIANBAO_AXE, or where `.ci/run` installs it.
package webtest
