// Coming in: by the link and by the code of a letter, as an invited colleague, and in the middle of a form.
import { linkIn } from "./letter.mjs";
import { check, checkIs } from "./visitor.mjs";
import { coreItems, fillAnswer, itemPage } from "./wheel.mjs";

const codeIn = (letter) => /\b\d{6}\b/.exec(letter.text.replace(/https?:\/\/\S+/, ""))[0];

async function asksForMail(visitor, address) {
	await visitor.page.locator("form[action*='/sign-in/mail']").locator("input[type=email]").fill(address);
	await visitor.press("account.send_link");
	await visitor.sees("account.code_title");
}

async function byMail(world) {
	const tapani = await world.visitor();
	const address = world.address("Tapani");

	await tapani.go("/fi");
	await tapani.follow("page.sign_in");
	await asksForMail(tapani, address);
	const letter = await world.letter(address);
	check(tapani.say("account.mail_subject").test(letter.subject), `the subject is “${letter.subject}”`);

	// A scanner opens the link before the person does, and spends nothing.
	const link = linkIn(letter.text, "/sign-in/link/");
	checkIs(link.origin, world.base, "where the link leads");
	for (let i = 0; i < 10; i++)
		checkIs((await fetch(link)).status, 200, `what a scanner gets, time ${i + 1}`);
	const phone = await world.visitor();
	await phone.go(link.pathname);
	await phone.press("account.enter");
	await phone.sees("account.welcome_flash");
	await phone.seesWords("Tapani");

	// It worked once, and the code that came with it is spent too.
	const other = await world.visitor();
	await other.go(link.pathname);
	await other.sees("account.link_gone_title");
	await tapani.page.locator("input[name=code]").fill(codeIn(letter));
	await tapani.press("account.enter", { expected: 422 });
	await tapani.sees("account.code_gone");
}

async function byCode(world) {
	const oona = await world.visitor();
	const address = world.address("Oona");

	await oona.go("/fi/sign-in");
	await asksForMail(oona, address);
	const code = codeIn(await world.letter(address));
	const field = oona.page.locator("input[name=code]");

	// The code is for the browser that asked.
	const elsewhere = await world.visitor();
	await elsewhere.go("/fi/sign-in/code");
	await elsewhere.page.locator("input[name=code]").fill(code);
	await elsewhere.press("account.enter", { expected: 422 });
	await elsewhere.sees("account.code_gone");

	await field.fill(String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
	await oona.press("account.enter", { expected: 422 });
	await oona.sees("account.code_wrong");
	await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
	await oona.press("account.enter");
	await oona.sees("account.welcome_flash");
	await oona.seesWords("Oona");

	// An address that nobody has gets the same page, and no letter.
	const stranger = await world.visitor();
	const letters = world.letters.length;
	await stranger.go("/fi/sign-in");
	await asksForMail(stranger, "kukaan@nuotio.example");
	checkIs(world.letters.length, letters, "the number of letters");
}

async function endedInAForm(world) {
	const reino = await world.someone("Reino");
	const item = (await coreItems(reino))[4];
	const words = "Asemahallissa soi levyt, ja rataan jäi lumi.\nToinen rivi.";

	await itemPage(reino, "asema", item.id);
	const before = await reino.stateIn(reino.page.locator("#vastaus"));
	await fillAnswer(reino, { state: "our_way", words });

	const elsewhere = await world.someone("Reino");
	await elsewhere.go("/fi/me/devices");
	await elsewhere.press("account.end_devices");
	await elsewhere.sees("account.signed_out_all_flash");
	await world.forget("Reino");

	await reino.press("wheel.save_answer", { expected: 403 });
	await reino.sees("account.ended");
	await asksForMail(reino, world.address("Reino"));
	await reino.page.locator("input[name=code]").fill(codeIn(await world.letter(world.address("Reino"))));
	await reino.press("account.enter");
	check(reino.path.startsWith(`/fi/asema/wheel/`) && reino.path.includes(`/${item.id}`),
		`signing in led to ${reino.path}`);
	await reino.seesField("details#form textarea", words);
	check(await reino.page.locator("details#form textarea").isVisible(), "the form is folded");
	check(await reino.page.getByRole("radio", { name: reino.say("wheel.state_our_way") }).isChecked(),
		"the choice is lost");
	checkIs(await reino.stateIn(reino.page.locator("#vastaus")), before, "the state before it is sent");
	await reino.press("wheel.save_answer");
	await reino.sees("wheel.thanks_flash");
	await reino.sees("wheel.sight_our_way", {}, reino.page.locator("#vastaus .card"));
	await world.forget("Reino", reino);
}

async function invites(world) {
	const aino = await world.someone("Aino");
	const name = "Venla Uusikumpu";
	const address = `venla.${world.look.width}@kolmijoki.example`;

	await aino.go("/fi/admin/people");
	const form = await aino.unfold("people.invite");
	await form.locator("input[name=name]").fill(name);
	await form.locator("input[name=email]").fill(address);
	await form.locator("select[name=lang]").selectOption("sv");
	await form.locator("select[name=role]").selectOption({ label: "henkilöstö" });
	await form.locator("select[name=campus]").selectOption({ label: "Ranta" });
	await aino.press("people.invite_send");
	await aino.sees("people.invited_flash", { name });

	const letter = await world.letter(address);
	const venla = await world.visitor({ lang: "sv" });
	const link = linkIn(letter.text, "/sign-in/link/");
	check(link.pathname.startsWith("/sv/"), "the letter is not in her language");
	await venla.go(link.pathname);
	await venla.seesWords(/Venla Uusikumpu/);
	await venla.press("account.enter");
	await venla.sees("account.welcome_flash");
	await venla.go("/sv/me");
	await venla.seesWords(/Ranta/, venla.page.locator("main"));
	await venla.go("/sv/me/tasks");
	await venla.sees("wheel.tasks_lead_core");
}

export default [
	["sign in by the link of a letter", byMail, "main"],
	["sign in by the code of a letter", byCode],
	["a session ends in the middle of a form", endedInAForm, "main"],
	["a colleague is invited and comes in", invites],
];
