/* 编辑器里的日历和选用窗口。页面里不嵌脚本，所以在这里按标记启用。正文各部分里的由编辑器自己启用。 */
document.addEventListener('DOMContentLoaded', () => {
  const inTheBody = (element) => element.closest('[data-streamfield-stream-container]') !== null;
  for (const input of document.querySelectorAll('input[data-date-chooser]')) {
    if (!inTheBody(input)) window.initDateChooser(input.id, JSON.parse(input.dataset.dateChooser));
  }
  for (const field of document.querySelectorAll('[data-own-chooser]')) {
    if (!inTheBody(field)) new window.Chooser(field.dataset.ownChooser, JSON.parse(field.dataset.options));
  }
});
