/* 在页面图上画框：鼠标拖动，或者键盘移动。只填写旁边的数字，提交仍由表单完成；没有脚本时直接填数字。 */
(function () {
  "use strict";
  var sheet = document.getElementById("sheet");
  var draft = document.getElementById("draft");
  var form = document.getElementById("place");
  if (!sheet || !draft || !form || !("drawing" in sheet.dataset)) return;
  var PER_MM = 72 / 25.4;
  var names = ["left", "top", "width", "height"];
  var inputs = names.map(function (name) { return form.elements.namedItem(name); });
  var size = sheet.viewBox.baseVal;
  var from = null;

  function values() {
    return inputs.map(function (input) { return parseFloat(input.value) || 0; });
  }
  function show() {
    var now = values();
    ["x", "y", "width", "height"].forEach(function (name, at) {
      draft.setAttribute(name, String(Math.max(0, now[at] * PER_MM)));
    });
  }
  function put(left, top, width, height) {
    [left, top, width, height].forEach(function (value, at) {
      inputs[at].value = (Math.max(0, value) / PER_MM).toFixed(1);
    });
    show();
  }
  function place(event) {
    var seen = sheet.getBoundingClientRect();
    return [
      Math.min(size.width, Math.max(0, (event.clientX - seen.left) * size.width / seen.width)),
      Math.min(size.height, Math.max(0, (event.clientY - seen.top) * size.height / seen.height))
    ];
  }
  sheet.addEventListener("pointerdown", function (event) {
    if (event.button !== 0 || event.pointerType === "touch") return;  /* 手指用来滚动页面，手机上填数字 */
    event.preventDefault();
    sheet.focus();
    from = place(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", function (event) {
    if (!from) return;
    var to = place(event);
    put(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    sheet.addEventListener(name, function () { from = null; });
  });
  sheet.addEventListener("keydown", function (event) {
    var step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || event.altKey || event.metaKey) return;
    event.preventDefault();
    var by = (event.ctrlKey ? 1 : 5) * PER_MM / 5;  /* 一次1毫米，按住Ctrl一次0.2毫米 */
    var now = values().map(function (value) { return value * PER_MM; });
    if (now[2] < 1 || now[3] < 1) now = [size.width / 3, size.height / 3, 40 * PER_MM, 6 * PER_MM];
    else if (event.shiftKey) { now[2] += step[0] * by; now[3] += step[1] * by; }
    else { now[0] += step[0] * by; now[1] += step[1] * by; }
    put(Math.min(now[0], size.width - 2), Math.min(now[1], size.height - 2), Math.max(2, now[2]), Math.max(2, now[3]));
  });
  inputs.forEach(function (input) { input.addEventListener("input", show); });
  show();
})();
