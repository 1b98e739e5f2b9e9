// Memory holds secrets; a core dump would write them to a disk.
#pragma once

namespace lango::ops {

// For the whole process, and for good: no core dump, no debugger of the same user. What is started
// with exec begins anew.
void forbid_core_dumps();

}  // namespace lango::ops
