// The menu of the navigation closes by Escape and by a click beside it. Without
// script it is opened and closed by its own word.
(function () {
  "use strict";
  const menu = document.getElementById("menu");
  if (!menu) return;
  addEventListener("click", (e) => { if (!menu.contains(e.target)) menu.open = false; });
  menu.addEventListener("focusout", (e) => { if (e.relatedTarget && !menu.contains(e.relatedTarget)) menu.open = false; });
  menu.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
