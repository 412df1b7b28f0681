#include "core/db/tx.h"
