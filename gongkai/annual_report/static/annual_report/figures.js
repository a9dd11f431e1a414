/*
 * 文字编辑：数据在文字里显示为一块，写着现在的数值，不能改写，只能整块删除或选用。
 * 存的仍是大括号里的名称（writing.py），所以没有脚本、或浏览器不能编辑时，原来的文字框照样可用。
 */
(function () {
  "use strict";
  var form = document.querySelector("[data-writing]");
  if (!form || !("isContentEditable" in form)) { return; }
  var figures = {};
  document.querySelectorAll("[data-figure]").forEach(function (each) {
    figures[each.dataset.figure] = each.dataset.value;
  });
  var NAME = /\{([^{}\n]{1,60})\}/g;
  var changed = false;

  function escaped(text) {
    return text.replace(/[&<>"]/g, function (sign) { return "&#" + sign.charCodeAt(0) + ";"; });
  }

  function chip(label) {
    return '<span class="live-figure" contenteditable="false" data-name="' + escaped(label) + '" title="' +
      escaped(label) + '：由台账得来，发布时自动填入，不能改写">' + escaped(figures[label]) + "</span>";
  }

  /* 存的文字 → 编辑框里的内容。不认识的名称原样留着，保存时会提示。 */
  function drawn(text) {
    return text.split(NAME).map(function (part, index) {
      if (index % 2 === 0) { return escaped(part); }
      return figures.hasOwnProperty(part.trim()) ? chip(part.trim()) : escaped("{" + part + "}");
    }).join("");
  }

  /* 编辑框里的内容 → 存的文字。 */
  function written(node) {
    var text = "";
    node.childNodes.forEach(function (child) {
      if (child.nodeType === Node.TEXT_NODE) { text += child.data; return; }
      if (child.nodeType !== Node.ELEMENT_NODE) { return; }
      if (child.dataset.name) { text += "{" + child.dataset.name + "}"; return; }
      if (child.tagName === "BR") { text += "\n"; return; }
      if (/^(DIV|P|LI)$/.test(child.tagName) && text && !text.endsWith("\n")) { text += "\n"; }
      text += written(child);
    });
    return text.replace(/\u00a0/g, " ");
  }

  function fragmentOf(selection) {
    var held = document.createElement("div");
    for (var index = 0; index < selection.rangeCount; index += 1) {
      held.appendChild(selection.getRangeAt(index).cloneContents());
    }
    return written(held);
  }

  /* 用浏览器自己的命令插入，撤销才有效；插入后光标留在末尾那一块的后面。 */
  function insert(text) {
    document.execCommand("insertHTML", false, drawn(text));
    var selection = document.getSelection();
    var at = selection.anchorNode;
    var inside = at && (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).closest(".live-figure");
    if (inside) {
      selection.collapse(inside.parentNode, Array.prototype.indexOf.call(inside.parentNode.childNodes, inside) + 1);
    }
  }

  function editor(area) {
    var label = form.querySelector('label[for="' + area.id + '"]');
    label.id = area.id + "-label";
    var box = document.createElement("div");
    box.className = "chip-editor";
    box.contentEditable = "true";
    box.style.setProperty("--rows", area.rows);
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", label.id);
    box.innerHTML = drawn(area.value);
    area.hidden = true;
    area.after(box);
    label.addEventListener("click", function (event) { event.preventDefault(); box.focus(); });

    function keep() {
      area.value = written(box).replace(/\n+$/, "");
      changed = true;
    }

    box.addEventListener("input", keep);
    box.addEventListener("beforeinput", function (event) {
      if (/^format/.test(event.inputType)) { event.preventDefault(); }
      if (event.inputType === "insertParagraph") {
        event.preventDefault();
        document.execCommand("insertLineBreak");
      }
    });
    ["copy", "cut"].forEach(function (kind) {
      box.addEventListener(kind, function (event) {
        event.preventDefault();
        event.clipboardData.setData("text/plain", fragmentOf(document.getSelection()));
        if (kind === "cut") { document.execCommand("delete"); }
      });
    });
    box.addEventListener("paste", function (event) {
      event.preventDefault();
      insert(event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n"));
    });
    box.addEventListener("drop", function (event) { event.preventDefault(); });
    box.addEventListener("blur", function () {
      if (box.textContent.indexOf("{") >= 0) { box.innerHTML = drawn(written(box)); }  /* 手写的名称 */
    });
    return box;
  }

  var boxes = Array.from(form.querySelectorAll("textarea")).map(editor);
  var last = boxes[0];
  var place = null;
  document.addEventListener("selectionchange", function () {
    var selection = document.getSelection();
    var box = boxes.find(function (each) { return selection.anchorNode && each.contains(selection.anchorNode); });
    if (box && selection.rangeCount) { last = box; place = selection.getRangeAt(0).cloneRange(); }
  });

  function choose(label) {
    last.focus();
    var selection = document.getSelection();
    selection.removeAllRanges();
    if (place && last.contains(place.startContainer)) {
      selection.addRange(place);
    } else {
      selection.selectAllChildren(last);
      selection.collapseToEnd();
    }
    insert("{" + label + "}");
  }

  document.querySelectorAll("[data-figure]").forEach(function (name) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = name.dataset.figure;
    button.title = "放到光标处";
    button.addEventListener("click", function () { choose(name.dataset.figure); });
    name.replaceChildren(button);
  });

  /* 找数据：只显示名称里有这几个字的。 */
  var finder = document.querySelector("[data-find]");
  finder.hidden = false;
  finder.querySelector("input").addEventListener("input", function (event) {
    var words = event.target.value.trim();
    document.querySelectorAll("[data-figure]").forEach(function (name) {
      name.closest("tr").hidden = words !== "" && name.dataset.figure.indexOf(words) < 0;
    });
  });

  form.addEventListener("submit", function () { changed = false; });
  window.addEventListener("beforeunload", function (event) { if (changed) { event.preventDefault(); } });
}());
