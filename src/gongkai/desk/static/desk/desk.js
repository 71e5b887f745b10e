// The desk works without this file. It only keeps what is being typed on the server, now and
// then, so that a power cut or a closed window costs nothing; and takes the cursor to the errors.
(function () {
  "use strict";
  var summary = document.getElementById("errors");
  if (summary) { summary.focus(); }

  // A page about work under way comes again by itself. Only the pieces that changed are put in:
  // what is focused or marked stays, nothing scrolls, and every tenth part is announced.
  var seconds = 0;
  function waitForNews() {
    var running = document.querySelector("[data-refresh]");
    if (!running) { return; }
    seconds = Number(running.dataset.refresh);
    setTimeout(look, 1000 * seconds);
  }
  function look() {
    if (document.hidden) { setTimeout(look, 1000 * seconds); return; }
    fetch(location.href, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : null; })
      .then(function (text) {
        if (text === null) { location.reload(); return; }
        take(new DOMParser().parseFromString(text, "text/html"));
        waitForNews();
      })
      .catch(function () { setTimeout(look, 2000 * seconds); });
  }
  function take(fresh) {
    if (!document.querySelector("[data-piece]")) { location.reload(); return; }
    var was = document.querySelector("[data-step]");
    var now = fresh.querySelector("[data-step]");
    var step = was && was.dataset.step;
    var ended = !fresh.querySelector("[data-refresh]");
    document.title = fresh.title;
    document.querySelectorAll("[data-piece]").forEach(function (piece) {
      var other = fresh.querySelector('[data-piece="' + piece.dataset.piece + '"]');
      if (!other || other.outerHTML === piece.outerHTML) { return; }
      var busy = piece.contains(document.activeElement);
      var marked = window.getSelection();
      if (marked && !marked.isCollapsed && marked.containsNode(piece, true)) { busy = true; }
      if (busy && !ended) { return; }
      var focused = piece.contains(document.activeElement);
      piece.replaceWith(document.adoptNode(other));
      if (focused) { document.getElementById("run-name").focus({ preventScroll: true }); }
    });
    var place = document.querySelector("[data-announce]");
    if (place && now && now.dataset.step !== step) { place.textContent = now.dataset.say; }
  }
  waitForNews();

  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var sign = form.querySelector("[data-kept-sign]");
    var timer = null;
    var sent = false;
    function keep() {
      timer = null;
      if (sent) { return; }
      var data = new FormData();
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string") { data.append(name, value); }
      });
      data.append("_path", location.pathname);
      fetch("/desk/keep/", { method: "POST", body: data, credentials: "same-origin" })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
        .then(function (time) {
          if (sign && time) { sign.textContent = "已自动留存 " + time; }
        })
        .catch(function () { if (sign) { sign.textContent = "暂时连不上，未留存"; } });
    }
    form.addEventListener("input", function () {
      if (timer) { clearTimeout(timer); }
      timer = setTimeout(keep, 3000);
    });
    form.addEventListener("submit", function () { sent = true; clearTimeout(timer); });
  });
})();
