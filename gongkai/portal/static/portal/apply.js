// 在线申请的小程序. Everything works without it: it looks for what is published while one types, takes the receipt code out
// of a scanned address, brings the first problem into view, and asks before typed text is left behind.
(function () {
  "use strict";

  var form = document.querySelector("form.application");
  if (!form) { return; }

  var code = document.getElementById("code");
  if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
    history.replaceState(null, "", location.pathname);
    document.getElementById("second").focus();
  }

  var problems = form.querySelector(".problems");
  if (problems) { problems.focus(); }

  var typed = false;
  form.addEventListener("input", function () { typed = true; });
  form.addEventListener("submit", function () { typed = false; });
  window.addEventListener("beforeunload", function (leaving) {
    if (typed && !code) { leaving.preventDefault(); leaving.returnValue = ""; }
  });

  var already = document.getElementById("already");
  if (!already || !window.fetch) { return; }
  var waiting, asked = "";

  function look(words) {
    asked = words;
    var body = new URLSearchParams();
    body.set("words", words);
    fetch(form.dataset.lookFirst, {
      method: "POST", body: body, credentials: "omit", headers: { "X-Requested-With": "fetch" }
    }).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (found) {
      if (words !== asked) { return; }
      already.hidden = !found.trim();
      already.querySelector("div").innerHTML = found;
    }).catch(function () { already.hidden = true; });
  }

  form.addEventListener("input", function (change) {
    if (change.target.name !== "matter") { return; }
    clearTimeout(waiting);
    var words = change.target.value.trim();
    if (words.length >= 4 && words !== asked) { waiting = setTimeout(function () { look(words); }, 700); }
  });
})();
