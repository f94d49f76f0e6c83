// What the page does beyond being read: it finds, filters, sorts and opens. Without it everything is there, in one order.
const table = document.querySelector("table.tenants");
const form = document.querySelector("form.toolbar");
const shown = form.querySelector("[role=status]");
const nobody = document.querySelector(".nobody");
const tiles = [...document.querySelectorAll("[data-health].tile")];
const heads = [...table.querySelectorAll("[data-sort]")];
const tenants = [...table.tBodies];

function filter() {
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const healths = tiles.filter((tile) => tile.getAttribute("aria-pressed") === "true");
  const wanted = new Set(healths.map((tile) => tile.dataset.health));
  const { plan, status } = form.elements;
  let count = 0;
  for (const tenant of tenants) {
    const { health, plan: itsPlan, status: itsStatus, text } = tenant.dataset;
    const fits =
      (wanted.size === 0 || wanted.has(health)) &&
      (plan.value === "" || plan.value === itsPlan) &&
      (status.value === "" || status.value === itsStatus) &&
      words.every((word) => text.includes(word));
    tenant.hidden = !fits;
    if (fits) count += 1;
  }
  const all = `${tenants.length.toLocaleString("en")} ${tenants.length === 1 ? "tenant" : "tenants"}`;
  shown.textContent = count === tenants.length ? all : `${count.toLocaleString("en")} of ${all}`;
  nobody.hidden = count > 0;
}

/** What a column is sorted by, smallest first; those that are equal by their ids. */
const keys = {
  id: (data) => data.id,
  health: (data) => Number(data.rank),
  plan: (data) => data.plan,
  status: (data) => data.status,
  systems: (data) => Number(data.systems),
  changed: (data) => data.changed,
  drift: (data) => Number(data.drift),
};
/** In these the most, or the newest, is looked for first. */
const largestFirst = new Set(["systems", "changed", "drift"]);

function sortBy(button) {
  const head = button.closest("th");
  const { sort } = button.dataset;
  const before = head.getAttribute("aria-sort");
  const first = largestFirst.has(sort) ? "descending" : "ascending";
  const other = first === "ascending" ? "descending" : "ascending";
  const direction = before === first ? other : first;
  for (const each of heads) each.closest("th").setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  const compare = (one, two) => (one < two ? -1 : one > two ? 1 : 0);
  const order = tenants
    .map((tenant) => ({ tenant, key: keys[sort](tenant.dataset), id: tenant.dataset.id }))
    .sort((one, two) => sign * compare(one.key, two.key) || compare(one.id, two.id));
  table.append(...order.map(({ tenant }) => tenant));
}

function open(tenant, isOpen) {
  const opener = tenant.querySelector(".opener");
  opener.setAttribute("aria-expanded", String(isOpen));
  tenant.querySelector(".details").hidden = !isOpen;
}

/** `#tenant:acme` opens acme. */
function openAddressed() {
  const id = decodeURIComponent(location.hash.slice(1));
  const tenant = tenants.find((each) => each.id === id);
  if (tenant === undefined) return;
  open(tenant, true);
  tenant.scrollIntoView();
  tenant.querySelector(".opener").focus({ preventScroll: true });
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.elements.clear.addEventListener("click", () => {
  form.reset();
  for (const tile of tiles) tile.setAttribute("aria-pressed", "false");
  filter();
});
for (const tile of tiles) {
  tile.addEventListener("click", () => {
    tile.setAttribute("aria-pressed", String(tile.getAttribute("aria-pressed") !== "true"));
    filter();
  });
}
table.addEventListener("click", ({ target }) => {
  const sorter = target.closest("[data-sort]");
  if (sorter !== null) sortBy(sorter);
  const opener = target.closest(".opener");
  if (opener !== null) open(opener.closest("tbody"), opener.getAttribute("aria-expanded") !== "true");
});
addEventListener("hashchange", openAddressed);
// The browser goes to the address by itself first, and takes the focus along.
addEventListener("load", () => setTimeout(openAddressed));
form.hidden = false;
