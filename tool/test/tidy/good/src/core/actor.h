#include "lib/str.h"
