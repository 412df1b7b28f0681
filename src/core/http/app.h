/* What the application gives to the server: its routes, and what it does around them. For main. */
#ifndef CORE_HTTP_APP_H
#define CORE_HTTP_APP_H

#include "core/http/http.h"

struct db;
struct form_state;

/* All run in a transaction. */
struct http_app {
	const struct route *const *routes; /* the rooms' tables, each ended by an empty route; NULL-ended */
	struct db *db;

	/* Fills actor, lang, place and today from cookies and path. False: the path names no campus; then
	 * `elsewhere` may hold the address it has now. Called before the right is asked. */
	bool (*enter)(struct req *r, struct str *elsewhere);
	/* Fills the frame: asked for by the room `page` when it draws one, so never for a form that was sent. */
	void (*frame)(struct req *r);
	/* Draws the error page for a status; r->flash may say why. */
	void (*error_page)(struct req *r, int status);
	/* Draws a whole page for a status without the database: the world failed (503, show r->id), or the request
	 * was refused before anything was read. Only r->lang is known. NULL: the server's own plain page. */
	void (*bare_page)(struct req *r, int status);
	/* Draws the sign-in page for a form that was sent after its session had ended, with the body as it was, but
	 * without passwords. */
	void (*sign_in_page)(struct req *r, struct str body);
	/* A POST went well: runs in its transaction, after the handler. NULL: nothing. */
	void (*sent)(struct req *r);
	/* Draws one field of a form. */
	void (*field)(struct req *r, const struct form_state *form, size_t field);
	/* The sentence for a verdict without one of its own. */
	struct said (*verdict_words)(enum verdict v);
};

#endif
