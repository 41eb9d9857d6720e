#include "core/keys/no_core_file.hpp"

#include <cerrno>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <system_error>

namespace tongka::core {

Result<void> forbid_core_files() {
    // The limit alone does not hold where core files are handed to a program; the flag alone ends with an exec.
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return fail("core files cannot be forbidden: " + std::system_category().message(errno));
    return {};
}

} // namespace tongka::core
