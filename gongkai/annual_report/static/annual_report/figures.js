/* 可用的数据：点一下名称，把它写到光标所在处。没有脚本时照样可以手写名称。 */
(function () {
  "use strict";
  var last = document.getElementById("overview");
  document.querySelectorAll("textarea").forEach(function (area) {
    area.addEventListener("focus", function () { last = area; });
  });
  document.querySelectorAll("[data-figure]").forEach(function (name) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = name.dataset.figure;
    button.title = "写到光标处";
    button.addEventListener("click", function () {
      var words = "{" + name.dataset.figure + "}";
      last.setRangeText(words, last.selectionStart, last.selectionEnd, "end");
      last.focus();
    });
    name.replaceWith(button);
  });
}());
