// "Rensa filter" empties the fields too, and one comes to where one looks for something else: the button
// goes with what it cleared.

document.addEventListener("click", ({ target }) => {
  const form = target.closest("[name=rensa][value=filter]")?.form;
  if (!form) return;
  for (const field of form.querySelectorAll("[type=search], select:not([name=sortera])")) field.value = "";
  form.elements.q.focus({ preventScroll: true });
});
