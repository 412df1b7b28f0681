/* Which addresses the service may connect to when it was somebody else who named them. Inside core/fetch.h. */
#ifndef CORE_FETCH_ADDRESS_H
#define CORE_FETCH_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* Whether it belongs to the internet at large: none of this machine, of a private, shared, local or reserved network,
    of
 * many receivers, or of IPv4 in disguise. */
bool fetch_address_is_public(const struct sockaddr *address);

#endif
