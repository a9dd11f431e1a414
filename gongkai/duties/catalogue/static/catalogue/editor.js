/* 正文编辑器：只留公开页面容得下的格式；粘贴时去掉Word带来的样式。没有脚本时原来的文字框照样可用。 */
(function () {
  "use strict";
  var area = document.querySelector("[data-rich]");
  if (!area || !window.Jodit) { return; }
  var label = document.querySelector('label[for="' + area.id + '"]');
  var form = document.getElementById("add-picture");

  /* 图片按钮：和页面下方的表单同一个地址，图片放在光标处，正文其余改动不动。 */
  function pictureForm(editor, close) {
    var box = document.createElement("form");
    box.className = "picture-form";
    box.innerHTML = '<label>图片（jpg、png）<input type="file" name="picture" accept="image/jpeg,image/png" required></label>' +
      '<label>图片说明<input type="text" name="words" maxlength="100" required></label>' +
      '<p class="help" role="alert"></p><button class="button">插入</button>';
    editor.s.save();
    box.addEventListener("submit", function (event) {
      event.preventDefault();
      var said = box.querySelector("[role=alert]");
      var data = new FormData(box);
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      said.textContent = "正在上传…";
      fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) {
          if (answer.refusal) { said.textContent = answer.refusal; return; }
          var picture = document.createElement("img");
          picture.setAttribute("src", answer.address);
          picture.setAttribute("alt", data.get("words"));
          editor.s.restore();
          editor.s.insertNode(picture);
          close();
        })
        .catch(function () { said.textContent = "没有上传成功，请检查网络后再试；正文没有丢失。"; });
    });
    return box;
  }

  var writing = area.form, changed = false;
  function note() { changed = true; }
  writing.addEventListener("input", note);
  writing.addEventListener("change", note);
  writing.addEventListener("submit", function (event) { if (!event.defaultPrevented) { changed = false; } });
  /* 没有保存就上传附件、插入图片、离开：先问一句，写好的不白写。 */
  window.addEventListener("beforeunload", function (event) { if (changed) { event.preventDefault(); } });

  var made = window.Jodit.make(area, {
    language: "zh_cn",
    placeholder: "",
    minHeight: 420,
    toolbarAdaptive: false,
    toolbarButtonSize: "middle",
    buttons: ["paragraph", "bold", "italic", "superscript", "subscript", "|", "ul", "ol", "table", "link", "picture", "hr", "|", "undo", "redo", "eraser", "find", "fullsize"],
    disablePlugins: ["speech-recognize", "ai-assistant", "powered-by-jodit", "source", "iframe", "video", "media", "file", "image", "drag-and-drop", "xpath", "stat", "add-new-line", "about", "print", "preview", "class-span", "font", "color", "line-height", "resizer"],
    showCharsCounter: false,
    showWordsCounter: false,
    showXPathInStatusbar: false,
    askBeforePasteHTML: false,
    askBeforePasteFromWord: false,
    defaultActionOnPaste: "insert_clear_html",
    defaultActionOnPasteFromWord: "insert_clear_html",
    uploader: { insertImageAsBase64URI: false },
    controls: {
      picture: { icon: "image", tooltip: "插入图片", popup: function (editor, current, close) { return pictureForm(editor, close); } }
    },
    events: {
      afterInit: function (editor) {
        editor.editor.addEventListener("input", note);
        editor.editor.setAttribute("aria-label", label ? label.firstChild.textContent.trim() : "正文");
      }
    }
  });
  /* 编辑器过一小会儿才写回文字框；提交时先写回，最后打的几个字不丢。 */
  writing.addEventListener("submit", function () { area.value = made.value; });
}());
