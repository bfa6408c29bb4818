// Binds the two panes of a report: what is chosen in one is shown in the other.
// Without it every link still leads where it says.
(function () {
  "use strict";
  const sheet = document.querySelector(".beside-original");
  if (!sheet) return;
  const scroller = document.getElementById("original-scroll");
  const original = document.getElementById("original");
  const bar = document.getElementById("current");
  const findings = Array.from(document.querySelectorAll(".finding"));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wide = () => matchMedia("(min-width: 64rem)").matches;
  const byID = (id) => document.getElementById(id);
  const ids = (e, name) => (e.dataset[name] || "").split(" ").filter(Boolean);
  let chosen = findings.find((f) => f.classList.contains("on")) || null;

  // mark puts the mark of what is shown on elements, and takes it off all others.
  function mark(elements) {
    for (const e of sheet.querySelectorAll(".on")) if (!e.classList.contains("finding")) e.classList.remove("on");
    for (const e of elements) if (e) e.classList.add("on");
  }

  // showOriginal brings a place of the original into its pane; on a narrow screen,
  // where the original stands below, only where it was asked for.
  function showOriginal(id, asked) {
    const e = byID(id);
    if (!e || !(wide() || asked)) return;
    if (!wide()) { e.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" }); return; }
    const pane = scroller.getBoundingClientRect(), at = e.getBoundingClientRect();
    scroller.scrollTo({
      top: scroller.scrollTop + at.top - pane.top - Math.max(40, (pane.height - at.height) / 3),
      left: scroller.scrollLeft + at.left - pane.left - Math.max(20, (pane.width - at.width) / 2),
      behavior: calm ? "auto" : "smooth",
    });
  }

  function showRead(id) {
    const e = byID(id);
    if (!e) return;
    for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    e.scrollIntoView({ block: "center", inline: "center", behavior: calm ? "auto" : "smooth" });
  }

  // choose shows a finding: its places in the original and, where it is opened, its
  // first cell beside the bar that says what is wrong.
  function choose(f, open) {
    if (chosen) chosen.classList.remove("on");
    chosen = f;
    f.classList.add("on");
    const at = ids(f, "at"), cells = ids(f, "cells");
    mark(at.concat(cells).map(byID));
    if (at.length) showOriginal(at[0], open && !cells.length);
    fillBar(f);
    bar.hidden = !open;
    const u = new URL(sheet.dataset.base, location.href);
    if (open) u.searchParams.set("finding", f.dataset.n); else u.searchParams.delete("finding");
    u.hash = open ? "" : f.id;
    history.replaceState(history.state, "", u);
    if (open) { bar.focus({ preventScroll: true }); if (cells.length) showRead(cells[0]); } else {
      f.querySelector("a, button").focus({ preventScroll: true });
      f.scrollIntoView({ block: "nearest" });
    }
  }

  function fillBar(f) {
    byID("current-title").textContent = "第 " + f.dataset.n + " 条";
    const parts = [".message", ".sum", ".decide"].map((css) => f.querySelector(css)).filter(Boolean);
    byID("current-body").replaceChildren(...parts.map((e) => e.cloneNode(true)));
    const i = findings.indexOf(f), nav = bar.querySelector("nav"), links = [];
    for (const [at, rel, text] of [[i - 1, "prev", "上一条"], [i + 1, "next", "下一条"]]) {
      if (!findings[at]) continue;
      const a = document.createElement("a");
      a.className = "button quiet small"; a.rel = rel; a.textContent = text;
      a.href = sheet.dataset.base + "?finding=" + findings[at].dataset.n;
      links.push(a, " ");
    }
    const back = document.createElement("a");
    back.className = "button quiet small"; back.rel = "up"; back.textContent = "回到问题"; back.href = "#" + f.id;
    nav.replaceChildren(...links, back);
  }

  function close() {
    if (!chosen) return;
    bar.hidden = true;
    const f = chosen;
    choose(f, false);
    f.scrollIntoView({ block: "center" });
  }

  const step = (by) => {
    const i = chosen ? findings.indexOf(chosen) + by : by > 0 ? 0 : findings.length - 1;
    if (findings[i]) choose(findings[i], !bar.hidden);
  };

  sheet.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const a = e.target.closest("a");
    const href = a && a.getAttribute("href") || "";
    const asked = /\?finding=(\d+)/.exec(href);
    if (asked) {
      const f = byID("finding-" + asked[1]);
      if (f) {
        e.preventDefault();
        choose(f, true);
        if (a.classList.contains("to-original")) showOriginal(ids(f, "at")[0], true);
      }
    } else if (a && a.rel === "up") { e.preventDefault(); close(); }
    else if (href.startsWith("#") && original.contains(a)) {
      e.preventDefault();
      const to = byID(decodeURIComponent(href.slice(1)));
      if (!to) return;
      if (to.classList.contains("finding")) { choose(to, true); return; }
      if (to.classList.contains("leaf")) { showOriginal(to.id, true); return; }
      mark([a.id ? a : a.parentElement, to]);
      showRead(to.id);
      const button = to.querySelector("button.figure");
      if (button) button.focus({ preventScroll: true });
    } else if (href.startsWith("#")) {
      const to = byID(decodeURIComponent(href.slice(1)));
      if (to && original.contains(to)) {
        e.preventDefault();
        const cell = a.closest("[data-at]");
        mark([...(cell ? ids(cell, "at").map(byID) : [to]), cell]);
        const note = a.closest("[popover]");
        if (note && !wide()) note.hidePopover();
        showOriginal(to.id, true);
      } else if (to && ids(to, "at").length) { mark([to, ...ids(to, "at").map(byID)]); showOriginal(ids(to, "at")[0]); }
    } else {
      const cell = e.target.closest("button.figure") && e.target.closest("[data-at]");
      if (cell) { mark([cell, ...ids(cell, "at").map(byID)]); showOriginal(ids(cell, "at")[0]); }
    }
  });

  // A figure is corrected where its note is, without leaving the page.
  const blank = byID("correct-template");
  if (blank) sheet.addEventListener("click", (e) => {
    const a = e.target.closest(".read .to-correct");
    if (!a) return;
    e.preventDefault();
    const form = blank.content.firstElementChild.cloneNode(true);
    form.elements.path.value = new URL(a.href).searchParams.get("correct");
    form.elements.back.value = a.closest("td").id;
    a.replaceWith(form);
    form.elements.value.focus();
  });

  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [popover]:popover-open")) return;
    if (e.key === "n" || e.key === "p") { e.preventDefault(); step(e.key === "n" ? 1 : -1); }
    else if (e.key === "Escape" && !bar.hidden && !document.querySelector("[popover]:popover-open")) { e.preventDefault(); close(); }
  });

  // Zoom, by steps that the style sheet knows.
  let zoom = 0;
  original.addEventListener("click", (e) => {
    const b = e.target.closest("[data-zoom]");
    if (!b) return;
    const middle = (scroller.scrollTop + scroller.clientHeight / 2) / scroller.scrollHeight;
    scroller.classList.remove("zoom-" + zoom);
    zoom = Math.max(-1, Math.min(2, zoom + Number(b.dataset.zoom)));
    scroller.classList.add("zoom-" + zoom);
    scroller.scrollTop = middle * scroller.scrollHeight - scroller.clientHeight / 2;
  });

  // A page that could not be drawn comes as a picture that says why: what it says is
  // told to those who do not see it, and what may pass is asked for again.
  for (const img of original.querySelectorAll(".leaf > img")) {
    const state = img.parentElement.querySelector(".leaf-state");
    let tries = 0;
    const look = () => {
      const seen = performance.getEntriesByName(img.currentSrc).pop();
      const status = seen ? seen.responseStatus : 0;
      if (!status || status < 400) { state.textContent = ""; return; }
      state.textContent = status === 503 ? "图片还没有画好，稍后自动重试。" : "这一页没有能画出图片，原因写在图上；可以下载原件查看。";
      if (status === 503 && tries++ < 10) setTimeout(() => { img.srcset = ""; img.src = img.getAttribute("src").replace(/&again=\d+|$/, "&again=" + tries); }, 3000 + 2000 * tries);
    };
    img.addEventListener("load", look);
    img.addEventListener("error", () => { state.textContent = "图片没有取到。请检查网络后刷新本页，或下载原件查看。"; });
    if (img.complete && img.naturalWidth) look();
  }

  // The address may name a finding or a figure: then its place is shown at once.
  const named = /^#finding-(\d+)$/.exec(location.hash);
  if (named && byID("finding-" + named[1])) choose(byID("finding-" + named[1]), true);
  else if (chosen) choose(chosen, true);
  else if (location.hash.length > 1) {
    const to = byID(decodeURIComponent(location.hash.slice(1)));
    if (to && ids(to, "at").length) { mark([to, ...ids(to, "at").map(byID)]); showOriginal(ids(to, "at")[0]); }
  }
})();
