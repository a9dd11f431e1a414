/* 写好的不丢：打字也是操作，所以写字的时候不会因为15分钟没有操作而退出；已经退出的，不让写好的随着一次提交丢掉。 */
(function () {
  "use strict";
  var TOLD_EVERY = 4 * 60 * 1000, IDLE = 14 * 60 * 1000;
  var used = Date.now(); /* 打开这一页就是操作 */

  document.addEventListener("input", function () {
    if (Date.now() - used < TOLD_EVERY) { return; }
    used = Date.now();
    fetch("/health", { credentials: "same-origin" }).catch(function () {});
  });

  function say(form, words) {
    var said = form.querySelector(".message-kept");
    if (!said) {
      said = document.createElement("p");
      said.className = "message message-error message-kept";
      said.setAttribute("role", "alert");
      form.prepend(said);
    }
    said.textContent = words;
    said.scrollIntoView({ block: "center" });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, pressed = event.submitter;
    if (form.method !== "post" || Date.now() - used < IDLE) { used = Date.now(); return; }
    event.preventDefault();
    fetch("/", { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (answer.type === "opaqueredirect") {
        say(form, "登录已经结束，没有提交；写好的还在这一页。请在新的标签页登录，再回到这里提交。");
        return null;
      }
      return answer.text().then(function (page) {
        var home = new DOMParser().parseFromString(page, "text/html");
        var token = home.querySelector("[name=csrfmiddlewaretoken]"), own = form.elements.csrfmiddlewaretoken;
        if (token && own) { own.value = token.value; }
        used = Date.now();
        form.requestSubmit(pressed);
      });
    }).catch(function () {
      say(form, "连不上服务器，没有提交；写好的还在这一页。请检查网络后再提交。");
    });
  }, true);
}());
