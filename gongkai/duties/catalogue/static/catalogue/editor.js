/* 正文编辑器：只留公开页面容得下的格式；粘贴时去掉Word带来的样式。没有脚本时原来的文字框照样可用。 */
(function () {
  "use strict";
  var area = document.querySelector("[data-rich]");
  if (!area || !window.Jodit) { return; }
  var label = document.querySelector('label[for="' + area.id + '"]');
  window.Jodit.make(area, {
    language: "zh_cn",
    placeholder: "",
    minHeight: 420,
    toolbarAdaptive: false,
    toolbarButtonSize: "middle",
    buttons: ["paragraph", "bold", "italic", "superscript", "subscript", "|", "ul", "ol", "table", "link", "hr", "|", "undo", "redo", "eraser", "find", "fullsize"],
    disablePlugins: ["speech-recognize", "ai-assistant", "powered-by-jodit", "source", "iframe", "video", "media", "file", "image", "drag-and-drop", "xpath", "stat", "add-new-line", "about", "print", "preview", "class-span", "font", "color", "line-height", "resizer"],
    showCharsCounter: false,
    showWordsCounter: false,
    showXPathInStatusbar: false,
    askBeforePasteHTML: false,
    askBeforePasteFromWord: false,
    defaultActionOnPaste: "insert_clear_html",
    defaultActionOnPasteFromWord: "insert_clear_html",
    uploader: { insertImageAsBase64URI: false },
    events: {
      afterInit: function (editor) {
        editor.editor.setAttribute("aria-label", label ? label.firstChild.textContent.trim() : "正文");
      }
    }
  });
}());
