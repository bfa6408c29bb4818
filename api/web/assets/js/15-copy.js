// A button with data-copy puts the text of a field into the clipboard. Without
// script the field can be marked and copied by hand.
(function () {
  "use strict";
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", async () => {
      const field = document.querySelector(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch { // no permission, or not by https: the older way
        if (!document.execCommand("copy")) return;
      }
      button.textContent = button.dataset.done;
    });
  }
})();
