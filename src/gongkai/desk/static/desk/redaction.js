// Draws frames on the pictures of pages and writes them as lines into the open group's field; shows
// on the pictures what is ticked. Without it the same lines are typed by hand.
(function () {
  "use strict";
  var form = document.querySelector("form[data-redact]");
  var pages = document.querySelector(".redact-pages");
  if (!form || !pages || !form.querySelector("[name^=frames_]")) { return; }
  pages.classList.add("can-frame");
  var unit = Number(form.dataset.unit);
  var last = null;
  form.addEventListener("focusin", function (event) {
    var group = event.target.closest("details");
    if (group) { last = group; }
  });

  function field() {
    var group = last && last.open ? last : null;
    if (!group) {
      var open = form.querySelectorAll("details[open]");
      group = open[open.length - 1];
    }
    return (group || form).querySelector("[name^=frames_]");
  }

  function put(image, edges, scale, kind) {
    var box = document.createElement("div"), high = image.clientWidth / 100;
    box.className = "redact-frame" + kind;
    box.style.left = edges[0] * scale + "%";
    box.style.width = (edges[2] - edges[0]) * scale + "%";
    box.style.top = edges[1] * scale * high + "px";
    box.style.height = (edges[3] - edges[1]) * scale * high + "px";
    if (image.clientHeight) { image.parentNode.appendChild(box); }
  }

  function goes(mark) {
    var found = mark.closest("li.mark"), tick = found && found.querySelector("[name=found]");
    return (!tick || tick.checked) && mark.checked !== false;
  }

  function draw() {
    pages.querySelectorAll(".redact-frame").forEach(function (box) { box.remove(); });
    form.querySelectorAll("[data-areas]").forEach(function (mark) {
      if (!goes(mark)) { return; }
      mark.dataset.areas.split(";").forEach(function (area) {
        var n = area.split(" ").map(Number);
        var image = n.length === 5 && pages.querySelector('img[data-page="' + n[0] + '"]');
        if (image) { put(image, n.slice(1), 100 / Number(image.dataset.wide), " of-words"); }
      });
    });
    form.querySelectorAll("[name^=frames_]").forEach(function (area) {
      area.value.split("\n").forEach(function (line) {
        var n = line.trim().split(/[\s,，]+/).map(Number);
        var image = n.length === 5 && pages.querySelector('img[data-page="' + n[0] + '"]');
        if (!image || n.some(isNaN)) { return; }
        put(image, n.slice(1), unit * 100 / Number(image.dataset.wide), "");
      });
    });
  }

  function place(image, event) {
    var edge = image.getBoundingClientRect();
    var scale = Number(image.dataset.wide) / unit / edge.width;
    var x = Math.min(Math.max(event.clientX - edge.left, 0), edge.width);
    var y = Math.min(Math.max(event.clientY - edge.top, 0), edge.height);
    return [x * scale, y * scale];
  }

  pages.querySelectorAll("img[data-page]").forEach(function (image) {
    var from = null;
    image.addEventListener("dragstart", function (event) { event.preventDefault(); });
    image.addEventListener("load", draw);
    image.addEventListener("pointerdown", function (event) {
      if (event.pointerType === "touch" || event.button !== 0) { return; }
      from = place(image, event);
      image.setPointerCapture(event.pointerId);
    });
    image.addEventListener("pointerup", function (event) {
      if (!from) { return; }
      var to = place(image, event), start = from, target = field();
      from = null;
      if (!target || Math.abs(to[0] - start[0]) < 1 || Math.abs(to[1] - start[1]) < 1) { return; }
      var edges = [Math.min(start[0], to[0]), Math.min(start[1], to[1]),
        Math.max(start[0], to[0]), Math.max(start[1], to[1])];
      var line = [image.dataset.page].concat(edges.map(function (n) { return n.toFixed(1); }));
      target.value = (target.value.trim() ? target.value.trim() + "\n" : "") + line.join(" ");
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  form.addEventListener("input", draw);
  window.addEventListener("resize", draw);
  draw();
})();
