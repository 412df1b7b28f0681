// A partner organisation: somebody of theirs is invited by mail, books for it, and one day the work together ends.
import { fillDetails, pressMain, toFreeDay } from "./space_journeys.mjs";
import { check } from "./visitor.mjs";

const SPORTS = "7";

async function invitedBooksEnds(world) {
	const aino = await world.someone("Aino");
	const name = `Koskenlaskijat ${world.look.name.replaceAll(",", "")}`;
	const address = "rauni@koskenlaskijat.example";
	const title = "Melontailta";

	await aino.go("/fi/partners");
	await aino.follow("partner.add");
	await aino.page.locator("#organisation-name").fill(name);
	await aino.page.locator("#organisation-type").selectOption(SPORTS);
	await aino.page.getByRole("checkbox", { name: "Ranta" }).check();
	await aino.press("partner.save");
	await aino.sees("partner.saved");
	const page = aino.path;
	await aino.unfold("partner.invite");
	await aino.page.locator("#invite-name").fill("Rauni Virta");
	await aino.page.locator("#invite-email").fill(address);
	await aino.press("partner.invite_send");
	await aino.seesWords("Rauni Virta");

	// The letter is all that Rauni needs: one page with a button, then one's own page.
	const letter = await world.letter(address);
	check(letter.text.includes(name), `the letter does not say for whom: ${letter.text}`);
	const rauni = await world.visitor();
	await rauni.go(new URL(/https?:\/\/\S+/.exec(letter.text)[0]).pathname);
	await rauni.press("account.enter");
	await rauni.seesWords(name);
	await rauni.follow("space.book_more");
	await toFreeDay(rauni, "/fi/ranta/space/laituri", { skip: 16 });
	await rauni.press("space.hold");
	await fillDetails(rauni, title);
	await pressMain(rauni);
	await rauni.sees("space.sent");
	await rauni.go(page);
	await rauni.seesWords(title);

	// It stands on the organisation's page for the coordinator too; who ends it, ends Rauni's role.
	await aino.go(page);
	await aino.seesWords(title);
	await aino.unfold("partner.end");
	await aino.page.locator("#end-sure").check();
	await aino.press("partner.end");
	await aino.sees("partner.ended_flash");
	await rauni.go("/fi/me");
	await rauni.sees("home.me_no_role");
	await rauni.go(page, 404);
}

export default [
	["partner: somebody of theirs is invited and books; the work together ends", invitedBooksEnds, "main"],
];
