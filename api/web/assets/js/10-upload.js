// Adds drag and drop, progress and a fresh list to the upload form. Without it
// the form still works: it posts to /upload and shows the outcomes on a page.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  const form = document.getElementById("upload");
  if (!form) return;
  const input = document.getElementById("files");
  const drop = document.getElementById("drop");
  const results = document.getElementById("results");
  const max = Number(form.dataset.max);
  const waiting = [];
  let running = 0;

  const make = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  };

  input.addEventListener("change", () => { add(input.files); input.value = ""; });
  form.addEventListener("submit", (e) => { e.preventDefault(); add(input.files); input.value = ""; });

  // A file dropped beside the field must not replace the page.
  let depth = 0;
  const hasFiles = (e) => e.dataTransfer && Array.from(e.dataTransfer.types).includes("Files");
  addEventListener("dragenter", (e) => { if (hasFiles(e)) { depth++; drop.classList.add("over"); e.preventDefault(); } });
  addEventListener("dragleave", () => { if (depth > 0 && --depth === 0) drop.classList.remove("over"); });
  addEventListener("dragover", (e) => { if (hasFiles(e)) e.preventDefault(); });
  addEventListener("drop", (e) => {
    if (!hasFiles(e)) return;
    e.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    add(e.dataTransfer.files);
  });

  function add(files) {
    for (const file of files) {
      const line = make("li");
      const bar = make("progress");
      bar.max = 100; bar.value = 0;
      const what = make("span", "what dim", "等待上传");
      line.append(make("span", "name", file.name), bar, what);
      results.append(line);
      waiting.push({ file, line, bar, what });
    }
    next();
  }

  function next() {
    while (running < 2 && waiting.length) { running++; send(waiting.shift()); }
    if (!running && !waiting.length) refresh();
  }

  function done(job, cls, nodes) {
    job.bar.remove();
    job.line.className = cls;
    job.what.className = "what";
    job.what.replaceChildren(...nodes);
    running--;
    next();
  }

  function send(job) {
    if (job.file.size > max) {
      done(job, "bad", ["文件过大：超过上传上限 " + form.dataset.maxText + "。请压缩文件中的图片或拆分后重新上传。"]);
      return;
    }
    const req = new XMLHttpRequest();
    req.open("POST", "/v1/reports");
    req.upload.addEventListener("progress", (e) => {
      if (!e.lengthComputable) return;
      job.bar.value = 100 * e.loaded / e.total;
      job.what.textContent = e.loaded < e.total ? "正在上传" : "正在读取和检查";
    });
    req.upload.addEventListener("load", () => { job.bar.removeAttribute("value"); job.what.textContent = "正在读取和检查"; });
    req.addEventListener("load", () => finish(job, req));
    req.addEventListener("error", () => done(job, "bad", ["连接中断，文件没有传完。请检查网络后重新上传。"]));
    const body = new FormData();
    body.append("file", job.file, job.file.name);
    req.send(body);
  }

  function finish(job, req) {
    let answer = null;
    try { answer = JSON.parse(req.responseText); } catch { /* not ours: a proxy's page */ }
    const place = req.getResponseHeader("Location") || "";
    const id = place.slice(place.lastIndexOf("/") + 1);
    if (req.status === 200 || req.status === 201) {
      const v = answer.validation, r = answer.report;
      const link = make("a", "", r.title || job.file.name);
      link.href = "/reports/" + id;
      const badge = { pass: ["pass", "通过"], warn: ["warn", v.warnings ? "有警告" : "待核实"], fail: ["fail", "有错误"] }[v.status] || ["busy", v.status];
      const nodes = [make("span", "badge " + badge[0], badge[1]), " "];
      for (const [n, cls, word] of [[v.errors, "error", "错误"], [v.warnings, "warning", "警告"], [v.infos, "info", "提示"]]) {
        if (n) nodes.push(make("span", "count " + cls, n + " " + word));
      }
      nodes.push(" ", link);
      if (req.status === 200) nodes.push("（以前上传过同样的文件）");
      done(job, badge[0], nodes);
      return;
    }
    const nodes = answer && answer.detail ? [make("strong", "", answer.title + "："), answer.detail] : ["服务没有正常应答（" + req.status + "）。请稍后重试。"];
    if (id) {
      const link = make("a", "", "查看");
      link.href = "/reports/" + id;
      nodes.push(" ", link);
    }
    done(job, "bad", nodes);
  }

  async function refresh() {
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("reports");
      if (answer.ok && fresh) document.getElementById("reports").replaceWith(fresh);
    } catch { /* the list stays as it was; a reload shows the new one */ }
  }
})();
