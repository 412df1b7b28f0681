// What several journeys do with the wheel.

// "23.11.2026" in Finland, as people write it.
export const today = () => new Intl.DateTimeFormat("fi-FI", { timeZone: "Europe/Helsinki" }).format(new Date());

// The running school year, "2026": the address without a year leads there.
export async function runningYear(visitor) {
	await visitor.go(`/${visitor.lang}/wheel`);
	return /\/wheel\/(\d{4})/.exec(visitor.path)[1];
}

// The core items that campuses answer, {title, id}, in the order of the year. Journeys that write use
// different ones.
export async function coreItems(visitor) {
	const year = await runningYear(visitor);
	await visitor.go(`/${visitor.lang}/wheel/${year}/campuses`);
	return visitor.page.locator("table.side").first().locator("tbody th a").evaluateAll((links) =>
		links.map((a) => ({ title: a.textContent, address: a.getAttribute("href"),
			id: a.pathname.split("/").pop() })));
}

export async function itemPage(visitor, campus, id) {
	const year = await runningYear(visitor);
	await visitor.go(`/${visitor.lang}/${campus}/wheel/${year}/${id}`);
}

// Fills the form of an answer on the item's page and leaves sending it to the journey.
export async function fillAnswer(visitor, { state, reason, words }) {
	const form = visitor.page.locator("details#form");
	if ((await form.getAttribute("open")) === null)
		await form.locator("summary").click();
	await form.getByRole("radio", { name: visitor.say(`wheel.state_${state}`) }).check();
	if (reason)
		await form.getByRole("radio", { name: visitor.say(`wheel.reason_${reason}`) }).check();
	if (words !== undefined)
		await form.locator("textarea").fill(words);
}

export async function answer(visitor, campus, id, what) {
	await itemPage(visitor, campus, id);
	await fillAnswer(visitor, what);
	await visitor.press("wheel.save_answer");
	await visitor.sees("wheel.thanks_flash");
}

// A campus's own item for today, in the tasks of those who have the duty.
export async function addOwnItem(visitor, campus, title, duty) {
	const year = await runningYear(visitor);
	await visitor.go(`/${visitor.lang}/${campus}/wheel/${year}`);
	await visitor.follow("wheel.add_own_item");
	await visitor.page.locator(`input[name=title_${visitor.lang}]`).fill(title);
	await visitor.page.getByRole("radio", { name: visitor.say("wheel.timing_dates") }).check();
	await visitor.page.locator("input[name=starts]").fill(today());
	await visitor.page.locator("input[name=ends]").fill(today());
	if (duty)
		await visitor.page.locator("select[name=duty]").selectOption({ label: duty });
	await visitor.press("wheel.save");
	await visitor.sees("wheel.saved_flash");
}

// The cell of a campus in the row of an item on the page side by side; what is folded is unfolded first.
export async function sideCell(visitor, title, campus) {
	for (const folded of await visitor.page.locator("details.rest:not([open]) > summary").all())
		await folded.click();
	const row = visitor.page.locator("table.side tbody tr").filter({
		has: visitor.page.locator("th a").getByText(title, { exact: true }),
	});
	return row.locator("td").filter({ has: visitor.page.locator(".cell-campus").getByText(campus,
		{ exact: true }) });
}
