// What the process gives up at its start, for good.
#pragma once

namespace lango::ops {

// Memory holds secrets; a core dump would write them to a disk. For the whole process: no core
// dump, no debugger of the same user. What is started with exec begins anew.
void forbid_core_dumps();

// Neither this process nor what it starts gains rights by a set-user-id program any more.
void forbid_new_privileges();

}  // namespace lango::ops
