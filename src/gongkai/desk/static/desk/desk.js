// The desk works without this file. It only keeps what is being typed on the server, now and
// then, so that a power cut or a closed window costs nothing; and takes the cursor to the errors.
(function () {
  "use strict";
  var summary = document.getElementById("errors");
  if (summary) { summary.focus(); }

  var running = document.querySelector("[data-refresh]");
  if (running) {
    setTimeout(function () { location.reload(); }, 1000 * Number(running.dataset.refresh));
  }

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
