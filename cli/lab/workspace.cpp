#include "cli/lab/workspace.hpp"

#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace tongka::cli {

using simulator::Descriptor;
using simulator::fail_with_errno;

namespace {

core::Result<Descriptor> listen_at(const std::filesystem::path& path) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const auto& text = path.native();
    if (text.size() >= sizeof name.sun_path)
        return core::fail(fmt::format("{}: too long for a Unix socket ({} bytes, at most {})", text, text.size(),
                                      sizeof name.sun_path - 1));
    std::memcpy(name.sun_path, text.c_str(), text.size());
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || ::bind(socket.get(), reinterpret_cast<sockaddr*>(&name), sizeof name) != 0 ||
        ::listen(socket.get(), 16) != 0)
        return fail_with_errno("listen at " + text);
    return socket;
}

core::Result<std::filesystem::path> make_temporary_directory(bool for_other_user) {
    // $XDG_RUNTIME_DIR is closed to everybody but its user.
    const char* runtime = for_other_user ? nullptr : std::getenv("XDG_RUNTIME_DIR");
    for (const char* parent : {runtime, "/tmp"}) {
        if (parent == nullptr || ::access(parent, W_OK) != 0)
            continue;
        auto name = std::string(parent) + "/tongka-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr)
            return fail_with_errno(name);
        return std::filesystem::path(name);
    }
    return core::fail("neither $XDG_RUNTIME_DIR nor /tmp can be written to");
}

core::Result<void> give_to(const std::filesystem::path& path, std::optional<Identity> owner) {
    if (owner && ::chown(path.c_str(), owner->uid, owner->gid) != 0)
        return fail_with_errno("chown " + path.native());
    return {};
}

} // namespace

core::Result<Workspace> Workspace::create(std::filesystem::path directory, std::optional<Identity> owner) {
    bool made = true;
    if (directory.empty()) {
        TONGKA_TRY(directory, make_temporary_directory(owner.has_value()));
    } else {
        directory = std::filesystem::absolute(directory);
        std::error_code error;
        if (::mkdir(directory.c_str(), 0700) != 0) {
            if (errno != EEXIST)
                return fail_with_errno(directory.native());
            made = false;
            if (!std::filesystem::is_empty(directory, error) || error)
                return core::fail(
                    fmt::format("{}: not an empty directory: is a lab running there?", directory.native()));
        }
    }
    Workspace workspace(directory, made, owner);
    std::error_code error;
    std::filesystem::create_directory(workspace.reader_configuration(), error);
    if (error)
        return core::fail(workspace.reader_configuration().native() + ": " + error.message());
    for (const auto& path : {directory, workspace.reader_configuration()})
        TONGKA_CHECK(give_to(path, owner));
    TONGKA_TRY(workspace.control, listen_at(workspace.control_socket()));
    TONGKA_CHECK(give_to(workspace.control_socket(), owner));
    return workspace;
}

core::Result<void> Workspace::listen_for_pcscd() {
    std::error_code ignored;
    std::filesystem::remove(pcscd_socket(), ignored);
    TONGKA_TRY(pcscd, listen_at(pcscd_socket()));
    return give_to(pcscd_socket(), owner_);
}

Workspace::Workspace(Workspace&& other) noexcept
    : control(std::move(other.control)), pcscd(std::move(other.pcscd)), directory_(std::move(other.directory_)),
      name_(std::move(other.name_)), made_(other.made_), owner_(other.owner_) {
    other.directory_.clear();
}

core::Result<void> Workspace::enter() {
    if (::chdir(directory_.c_str()) != 0)
        return fail_with_errno(directory_.native());
    directory_ = ".";
    return {};
}

void Workspace::remove() {
    if (directory_.empty())
        return;
    std::error_code ignored;
    std::filesystem::remove_all(reader_configuration(), ignored);
    for (const auto& file : {log(), pcscd_socket(), control_socket()})
        std::filesystem::remove(file, ignored);
    if (made_)
        std::filesystem::remove(name_, ignored);
    directory_.clear();
}

} // namespace tongka::cli
