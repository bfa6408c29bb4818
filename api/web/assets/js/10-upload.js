// Adds drag and drop, folders, zips and live progress to the upload form: the files
// become a batch, whose page shows the same after a reload. Without it the form still
// works: it posts to /upload and shows the outcomes on a page.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  const form = document.getElementById("upload");
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const drop = byId("drop"), results = byId("results");
  const max = Number(form.dataset.max), maxZip = Number(form.dataset.maxZip);
  const groupFiles = 20, groupBytes = 16 << 20, senders = 2;
  let waiting = [];         // jobs to be sent
  let sending = 0, batch = null, leftOut = 0;
  let total = 0, ended = 0; // lines, and those that have come to their end

  const make = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  };

  for (const input of [byId("files"), byId("folder")]) {
    input.addEventListener("change", () => { add(Array.from(input.files, (file) => ({ file, path: file.webkitRelativePath || file.name }))); input.value = ""; });
  }
  form.addEventListener("submit", (e) => e.preventDefault());

  // A file dropped beside the field must not replace the page.
  let depth = 0;
  const hasFiles = (e) => e.dataTransfer && Array.from(e.dataTransfer.types).includes("Files");
  addEventListener("dragenter", (e) => { if (hasFiles(e)) { depth++; drop.classList.add("over"); e.preventDefault(); } });
  addEventListener("dragleave", () => { if (depth > 0 && --depth === 0) drop.classList.remove("over"); });
  addEventListener("dragover", (e) => { if (hasFiles(e)) e.preventDefault(); });
  addEventListener("drop", async (e) => {
    if (!hasFiles(e)) return;
    e.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    // The items are gone after the first pause: all entries are taken before it.
    const entries = Array.from(e.dataTransfer.items || [], (i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
    const plain = Array.from(e.dataTransfer.files, (file) => ({ file, path: file.name }));
    if (!entries.length) { add(plain); return; }
    const found = [];
    for (const entry of entries) await walk(entry, "", found);
    add(found);
  });

  // walk collects the files below a dropped entry.
  async function walk(entry, above, found) {
    const path = above + entry.name;
    try {
      if (entry.isFile) {
        found.push({ file: await new Promise((ok, no) => entry.file(ok, no)), path });
        return;
      }
      const reader = entry.createReader();
      for (;;) { // a hundred at a time
        const some = await new Promise((ok, no) => reader.readEntries(ok, no));
        if (!some.length) return;
        for (const child of some) await walk(child, path + "/", found);
      }
    } catch { refuse(path, "这一项读不出来，可能已被移动或没有权限。请重新选择。"); }
  }

  const companion = /(\.files|_files)\/([^/]*\/)*[^/]+\.(html?|xml|css|js|gif|png|jpe?g|svg|thmx|mso|emz|wmz)$/i;
  // litter is what systems and programs leave in folders; a saved web page has a
  // folder of its pictures beside it.
  const litter = (path) => companion.test(path) || /(^|\/)(~\$|\._)[^/]*$|(^|\/)(Thumbs\.db|desktop\.ini|\.DS_Store)$|(^|\/)__MACOSX\//i.test(path);

  function line(path) {
    const li = make("li");
    const bar = make("progress");
    bar.max = 1; bar.value = 0;
    bar.setAttribute("aria-label", path);
    const job = { path, li, bar, what: make("span", "what dim", "等待上传"), over: false };
    li.append(make("span", "name", path), bar, job.what);
    results.append(li);
    total++;
    return job;
  }

  function end(job, cls, nodes) {
    if (job.over) return;
    job.over = true;
    ended++;
    job.bar.remove();
    job.li.className = cls;
    job.what.className = "what";
    job.what.replaceChildren(...nodes);
    tell();
  }

  function refuse(path, why) { end(line(path), "bad", [make("strong", "", "没有上传："), why]); }

  function add(files) {
    for (const { file, path } of files) {
      if (litter(path)) { leftOut++; continue; }
      const zip = /\.zip$/i.test(path);
      if (!zip && !/\.(docx|doc|wps|docm|dotx|dotm|xml|rtf|html?|mht|mhtml|pdf)$/i.test(path)) {
        refuse(path, "不是 Word（.docx、.doc、.wps、.rtf）、网页（.html、.mht）、PDF 或 zip 文件。");
      } else if (file.size > (zip ? maxZip : max)) {
        refuse(path, "文件过大：超过上限 " + (zip ? form.dataset.maxZipText : form.dataset.maxText) + "。请压缩文件中的图片或拆分后重新上传。");
      } else if (file.size === 0) {
        refuse(path, "文件是空的。请重新导出后上传。");
      } else {
        waiting.push(Object.assign(line(path), { file, zip }));
      }
    }
    tell();
    pump();
  }

  function tell() {
    byId("progress").hidden = !total && !leftOut;
    byId("bar").max = total || 1;
    byId("bar").value = ended;
    byId("sum").textContent = !total ? "" : ended < total ? "已处理 " + ended + " / " + total : total + " 个文件全部处理完毕";
    byId("left-out").textContent = leftOut ? "略过 " + leftOut + " 个系统临时文件。" : "";
    byId("after").hidden = !total || ended < total;
  }

  // pump sends what waits, in groups, and ends the batch when all is sent.
  async function pump() {
    if (!waiting.length && !sending && batch && !batch.closed) {
      const done = batch;
      batch = null;
      done.closed = true;
      await call("POST", "/v1/batches/" + done.id + "/close").catch(() => null);
      return;
    }
    if (!waiting.length || sending >= senders) return;
    sending++;
    const group = [];
    for (let bytes = 0; waiting.length && group.length < groupFiles && (!group.length || bytes + waiting[0].file.size <= groupBytes);) {
      bytes += waiting[0].file.size;
      group.push(waiting.shift());
    }
    try {
      const to = await current(group);
      to.jobs.push(...group);
      pump(); // another one beside this
      await send(to, group);
    } catch (e) {
      for (const job of group) end(job, "bad", [make("strong", "", e.title || "没有上传："), e.message]);
    }
    sending--;
    pump();
  }

  // current is the batch that files go to; the first to ask begins it.
  function current(group) {
    if (!batch) {
      const fresh = { id: "", jobs: [], seqs: new Map(), closed: false };
      const name = group.concat(waiting).map((j) => j.path.split("/")).find((p) => p.length > 1); // of the folder
      fresh.ready = call("POST", "/v1/batches?open=true&name=" + encodeURIComponent(name ? name[0] : "")).then((answer) => {
        fresh.id = answer.id;
        const link = byId("batch-link");
        link.href = "/batches/" + fresh.id;
        link.hidden = byId("batch-note").hidden = false;
        follow(fresh);
        return fresh;
      }, (e) => { batch = null; throw e; });
      batch = fresh;
    }
    return batch.ready;
  }

  // call asks the service; what it refuses is an error with the problem's words.
  function call(method, address) {
    return new Promise((ok, no) => {
      const req = new XMLHttpRequest();
      req.open(method, address);
      req.addEventListener("load", () => settle(req, ok, no));
      req.addEventListener("error", () => no(new Error("连接中断。请检查网络后重新上传。")));
      req.send();
    });
  }

  function settle(req, ok, no) {
    let answer = null;
    try { answer = JSON.parse(req.responseText); } catch { /* not ours: a proxy's page */ }
    if (req.status >= 200 && req.status < 300 && answer) { ok(answer); return; }
    const e = new Error(answer && answer.detail ? answer.detail : "服务没有正常应答（" + req.status + "）。请稍后重试。");
    if (answer && answer.title) e.title = answer.title + "：";
    no(e);
  }

  // send sends files with their paths. A form of the browser's own would cut the paths.
  function send(to, group) {
    const boundary = "nb" + Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
    const parts = [];
    let at = 0;
    for (const job of group) {
      const name = encodeURIComponent(job.path.split("/").pop());
      const head = new Blob(["--" + boundary + '\r\nContent-Disposition: form-data; name="file"; filename="file"; filename*=UTF-8\'\'' + name +
        "\r\nX-Path: " + encodeURIComponent(job.path) + "\r\nContent-Type: application/octet-stream\r\n\r\n"]);
      job.from = at + head.size;
      parts.push(head, job.file, "\r\n");
      at = job.from + job.file.size + 2;
    }
    parts.push("--" + boundary + "--\r\n");
    return new Promise((ok, no) => {
      const req = new XMLHttpRequest();
      req.open("POST", "/v1/batches/" + to.id + "/files");
      req.setRequestHeader("Content-Type", "multipart/form-data; boundary=" + boundary);
      req.upload.addEventListener("progress", (e) => {
        for (const job of group) {
          const part = Math.max(0, Math.min(1, (e.loaded - job.from) / job.file.size));
          if (job.over || job.seen) continue;
          job.bar.value = part;
          job.what.textContent = part === 0 ? "等待上传" : part < 1 ? "正在上传 " + Math.floor(100 * part) + "%" : "已上传，等待归档";
        }
      });
      req.addEventListener("load", () => settle(req, ok, no));
      req.addEventListener("error", () => no(new Error("连接中断，文件没有传完。请检查网络后重新上传。")));
      req.send(new Blob(parts));
    });
  }

  // follow shows what becomes of the files of a batch.
  function follow(b) {
    const events = new EventSource("/v1/batches/" + b.id + "/events");
    events.addEventListener("file", (e) => show(b, JSON.parse(e.data)));
    events.addEventListener("end", () => { events.close(); rest(b); });
  }

  // A zip's files come under its name and their own.
  function jobOf(b, f) {
    if (b.seqs.has(f.seq)) return b.seqs.get(f.seq);
    let job = b.jobs.find((j) => j.path === f.path && j.seq === undefined);
    if (!job) {
      const zip = b.jobs.find((j) => j.zip && !j.over);
      if (zip) end(zip, "", ["压缩包已展开，其中的文件见下。"]);
      job = line(f.path);
    }
    job.seq = f.seq;
    b.seqs.set(f.seq, job);
    return job;
  }

  function show(b, f) {
    const job = jobOf(b, f);
    job.seen = true;
    if (f.state === "queued" || f.state === "running") {
      job.bar.removeAttribute("value");
      job.what.textContent = f.state === "queued" ? "已归档，排队等待检查" : "正在读取和检查";
      tell();
      return;
    }
    const link = make("a", "", "查看");
    link.href = "/reports/" + f.report_id;
    if (f.state === "done") {
      const s = f.report || {};
      const badge = { pass: ["pass", "通过"], warn: ["warn", s.warnings ? "有警告" : "待核实"], fail: ["fail", "有错误"] }[s.status] || ["busy", "已处理"];
      const nodes = [make("span", "badge " + badge[0], badge[1]), " "];
      for (const [n, cls, word] of [[s.errors, "error", "错误"], [s.warnings, "warning", "警告"], [s.infos, "info", "提示"]]) {
        if (n) nodes.push(make("span", "count " + cls, n + " " + word));
      }
      if (s.title) link.textContent = s.title;
      nodes.push(" ", link);
      if (f.known) nodes.push("（以前上传过同样的文件，没有重复保存）");
      end(job, badge[0], nodes);
      return;
    }
    if (f.state === "cancelled") { end(job, "", ["已取消，原件保留。"]); return; }
    const nodes = f.error ? [make("strong", "", f.error.title + "："), f.error.detail || ""] : ["未能转换。"];
    if (f.report_id) nodes.push(" ", link);
    end(job, "bad", nodes);
  }

  // rest ends the lines that the batch knows nothing of.
  function rest(b) {
    for (const job of b.jobs) if (!job.over) end(job, "", [job.zip ? "压缩包已展开，其中的文件见下。" : "这个文件与本批次中的另一个相同。"]);
  }

  // Files that are not sent yet are lost with the page.
  addEventListener("beforeunload", (e) => { if (sending || waiting.length) e.preventDefault(); });
})();
