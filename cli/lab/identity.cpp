#include "cli/lab/identity.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <net/if.h>
#include <pwd.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

using simulator::Descriptor;
using simulator::fail_with_errno;

namespace {

std::optional<unsigned> number_in_environment(const char* name) {
    const char* text = std::getenv(name);
    unsigned number = 0;
    if (text == nullptr || std::from_chars(text, text + std::strlen(text), number).ec != std::errc() || number == 0)
        return {};
    return number;
}

/// Whether this user namespace has the user (user_namespaces(7): lines of first inside, first outside, count).
bool is_mapped(uid_t uid) {
    std::ifstream map("/proc/self/uid_map");
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
    std::uint64_t count = 0;
    while (map >> inside >> outside >> count)
        if (uid >= inside && uid - inside < count)
            return true;
    return false;
}

core::Result<void> write_file(const char* path, const std::string& text) {
    std::ofstream file(path);
    file << text << std::flush;
    if (!file)
        return fail_with_errno(path);
    return {};
}

core::Result<void> bring_loopback_up() {
    Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (!socket || ::ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0)
        return fail_with_errno("bring the loopback of a network namespace up");
    return {};
}

} // namespace

std::optional<Identity> unprivileged_identity() {
    static constexpr Identity nobody{65534, 65534};
    if (::geteuid() != 0 || !is_mapped(nobody.uid))
        return {};
    auto uid = number_in_environment("SUDO_UID");
    auto gid = number_in_environment("SUDO_GID");
    if (uid && gid)
        return Identity{*uid, *gid};
    const auto* entry = ::getpwnam("nobody");
    return entry != nullptr ? Identity{entry->pw_uid, entry->pw_gid} : nobody;
}

core::Result<void> become(Identity identity) {
    if (::setgroups(0, nullptr) != 0 || ::setresgid(identity.gid, identity.gid, identity.gid) != 0 ||
        ::setresuid(identity.uid, identity.uid, identity.uid) != 0)
        return fail_with_errno(fmt::format("become user {}", identity.uid));
    // A process that changed its user does not own its files in /proc, and could not write its uid_map.
    ::prctl(PR_SET_DUMPABLE, 1);
    return {};
}

core::Result<void> enter_namespaces() {
    auto uid = ::geteuid();
    auto gid = ::getegid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return fail_with_errno("unshare");
    TONGKA_CHECK(write_file("/proc/self/setgroups", "deny"));
    TONGKA_CHECK(write_file("/proc/self/uid_map", fmt::format("{0} {0} 1", uid)));
    TONGKA_CHECK(write_file("/proc/self/gid_map", fmt::format("{0} {0} 1", gid)));
    return bring_loopback_up();
}

void hide_real_readers() {
    if (::unshare(CLONE_NEWNS) != 0)
        return;
    ::mount("tmpfs", "/usr/lib/pcsc/drivers", "tmpfs", 0, "mode=755");
    if (!std::filesystem::exists("/run/pcscd"))
        ::mount("tmpfs", "/run", "tmpfs", 0, "mode=755");
}

} // namespace tongka::cli
