/*
 * Small comforts. Every page works without this file.
 * Nothing here builds markup out of text or runs text as code.
 */
"use strict";

(() => {
  const unsaved = new Set();

  /* A form is sent once: a second click waits for the answer. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (event.defaultPrevented || form.method === "get") return;
    unsaved.delete(form);
    if ("again" in form.dataset) return; /* the answer is a file: the page stays, and may ask for it again */
    form.dataset.sent = "1";
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    if (button?.dataset.busy) { button.dataset.idle = button.textContent; button.textContent = button.dataset.busy; }
  });
  /* Back in the browser shows the page as it was left: let it be sent again. */
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy=true]")) {
      button.removeAttribute("aria-busy");
      if (button.dataset.idle) button.textContent = button.dataset.idle;
    }
  });

  /* Forms are sent to "#fel", where their faults stand. A page without any does not keep it in its address. */
  if (window.location.hash === "#fel" && !document.getElementById("fel")) {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }

  /* Leaving a form of running text that is not saved: the browser asks first. */
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method === "post" && form.querySelector("textarea:not([readonly])")) unsaved.add(form);
  });
  document.addEventListener("reset", (event) => unsaved.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  /* A file dropped on the box lands in its control. */
  for (const box of document.querySelectorAll("[data-drop]")) {
    const control = box.querySelector("input[type=file]");
    const over = (is) => (event) => { event.preventDefault(); box.classList.toggle("is-over", is); };
    box.addEventListener("dragover", over(true));
    box.addEventListener("dragleave", over(false));
    box.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      control.files = event.dataTransfer.files;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* Ready text is copied with a button; without clipboard it is marked, ready for Ctrl+C. */
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      const answer = button.parentElement.querySelector("[role=status]");
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
        answer.textContent = "Kopierat.";
      } catch {
        answer.textContent = "Texten är markerad. Tryck Ctrl+C.";
      }
    });
  }

  /* A filter is used at once where it is chosen; the button stays for those without JavaScript. */
  for (const form of document.querySelectorAll("form[data-at-once]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }

  /* Where every line becomes a row: says how many, and grows with them. In the quick row Enter sends a single line. */
  for (const count of document.querySelectorAll("[data-count]")) {
    const text = count.closest("form").querySelector("textarea[name=text]");
    const show = () => {
      const lines = text.value.split("\n").filter((line) => /[\p{L}\p{N}]/u.test(line)).length;
      count.textContent = lines > 1 ? count.dataset.count.replace("#", lines) : "";
    };
    text.addEventListener("input", show);
    show();
    if (!("lines" in text.dataset)) continue;
    text.addEventListener("keydown", (event) => {
      const isOneLine = !text.value.trim().includes("\n");
      if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey || !(isOneLine || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      text.form.requestSubmit();
    });
  }

  /* A row is dragged by its handle to its place: then the same form is sent as by its buttons. Escape lets go. */
  for (const list of document.querySelectorAll("[data-order]")) {
    const handles = list.querySelectorAll("[data-grip]");
    if (!handles.length) continue;
    for (const part of [...handles, ...document.querySelectorAll("[data-shown-with-drag]")]) part.hidden = false;
    const answer = list.parentElement.querySelector("[data-moved]");
    let held = null; /* the row, what it stood before, and where the pointer is */
    const place = () => {
      const before = [...list.children].find((row) => {
        const box = row.getBoundingClientRect();
        return row !== held.row && held.y < box.top + box.height / 2;
      });
      if ((before ?? null) !== held.row.nextElementSibling) list.insertBefore(held.row, before ?? null);
    };
    const follow = () => {
      if (!held) return;
      const edge = held.y < 70 ? -10 : held.y > window.innerHeight - 70 ? 10 : 0;
      if (edge) { window.scrollBy({ top: edge, behavior: "instant" }); place(); }
      window.requestAnimationFrame(follow);
    };
    const letGo = (isMeant) => {
      const { row, home } = held;
      held = null;
      row.classList.remove("is-held");
      if (!isMeant) list.insertBefore(row, home);
      if (!isMeant || row.nextElementSibling === home) return;
      const form = row.querySelector("form[data-move]");
      const button = form.querySelector("button");
      button.disabled = false;
      button.value = row.nextElementSibling?.dataset.row ?? "";
      answer.textContent = "Sparar ordningen.";
      form.requestSubmit(button);
    };
    list.addEventListener("pointerdown", (event) => {
      const handle = event.target.closest("[data-grip]");
      if (!handle || event.button !== 0 || held) return;
      event.preventDefault();
      list.setPointerCapture(event.pointerId); /* on the list: the row itself is taken out and put back as it moves */
      const row = handle.closest("[data-row]");
      held = { row, home: row.nextElementSibling, y: event.clientY, pointer: event.pointerId };
      row.classList.add("is-held");
      follow();
    });
    list.addEventListener("pointermove", (event) => {
      if (held?.pointer !== event.pointerId) return;
      held.y = event.clientY;
      place();
    });
    list.addEventListener("pointerup", (event) => held?.pointer === event.pointerId && letGo(true));
    list.addEventListener("pointercancel", (event) => held?.pointer === event.pointerId && letGo(false));
    document.addEventListener("keydown", (event) => held && event.key === "Escape" && letGo(false));
  }

  /* Print buttons exist only where printing can be asked for. */
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* A menu closes with Escape, and when focus or a click goes elsewhere. */
  const menus = "details.mine, details.menu";
  const close = (except) => {
    for (const menu of document.querySelectorAll(menus)) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest(menus)));
  document.addEventListener("focusin", (event) => close(event.target.closest(menus)));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(":is(details.mine, details.menu)[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
