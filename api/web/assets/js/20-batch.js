// Follows a batch that goes on: its page shows each change as it comes.
(function () {
  "use strict";
  const batch = document.getElementById("batch");
  if (!batch || !("live" in batch.dataset)) return;
  const table = document.getElementById("batch-files");
  const words = { queued: "排队", running: "正在读取", done: "已处理", failed: "未能转换", cancelled: "已取消" };
  const make = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  };

  function counts(c) {
    const bar = document.getElementById("batch-bar");
    bar.max = c.total || 1;
    bar.value = c.done + c.failed + c.cancelled;
    document.getElementById("batch-sum").textContent = "共 " + c.total + " 个文件：已处理 " + c.done +
      [["running", "正在读取"], ["queued", "排队"], ["failed", "未能转换"], ["cancelled", "已取消"]].filter(([k]) => c[k]).map(([k, w]) => "，" + w + " " + c[k]).join("");
  }

  function file(f) {
    counts(f.counts);
    let row = table && table.querySelector('tr[data-seq="' + f.seq + '"]');
    if (!row) {
      if (!table || !("last" in table.dataset)) return; // on another page of the list
      row = make("tr");
      row.dataset.seq = f.seq;
      row.append(make("td", "who"), make("td", "state"), make("td", "what"));
      table.tBodies[0].append(row);
    }
    const name = make(f.report_id ? "a" : "strong", "", f.path);
    if (f.report_id) name.href = "/reports/" + f.report_id;
    row.querySelector(".who").firstElementChild ? row.querySelector(".who").firstElementChild.replaceWith(name) : row.querySelector(".who").append(name);
    const s = f.report || {};
    const badge = f.state === "done" ? { pass: ["pass", "通过"], warn: ["warn", s.warnings ? "有警告" : "待核实"], fail: ["fail", "有错误"] }[s.status] || ["busy", "已处理"]
      : [f.state === "failed" ? "failed" : "busy", words[f.state] || f.state];
    row.querySelector(".state").replaceChildren(make("span", "badge " + badge[0], badge[1]));
    const what = [];
    if (f.error) what.push(make("strong", "", f.error.title + "："), f.error.detail || "");
    for (const [n, cls, word] of [[s.errors, "error", "错误"], [s.warnings, "warning", "警告"], [s.infos, "info", "提示"]]) {
      if (n) what.push(make("span", "count " + cls, n + " " + word));
    }
    if (s.title) what.push(" ", s.title);
    if (f.known) what.push(" ", make("span", "dim", "（以前上传过同样的文件，没有重复保存）"));
    row.querySelector(".what").replaceChildren(...what);
  }

  const reload = () => location.replace(location.pathname + location.search.replace(/[?&]told=\w+/, ""));
  let faults = 0;
  const events = new EventSource("/v1/batches/" + batch.dataset.id + "/events");
  events.addEventListener("file", (e) => { faults = 0; file(JSON.parse(e.data)); });
  events.addEventListener("end", () => { events.close(); reload(); });
  events.addEventListener("error", () => {
    // Some proxies pass no streams: then the page is asked for again.
    if (++faults >= 3 || events.readyState === EventSource.CLOSED) { events.close(); setTimeout(reload, 5000); }
  });
})();
