#pragma once

#include <optional>
#include <sys/types.h>

#include "core/result.hpp"

namespace tongka::cli {

/// A user that a lab runs as.
struct Identity {
    uid_t uid;
    gid_t gid;
};

/// Whom to become before pcscd starts, when root asks for a lab: who called sudo, else nobody. A root pcscd would take
/// the machine's real readers and the pid file of its own pcscd. Empty for everybody else, and for the root of a user
/// namespace that has no such user: it is no root outside.
[[nodiscard]] std::optional<Identity> unprivileged_identity();

/// Becomes that user for good.
[[nodiscard]] core::Result<void> become(Identity identity);

/// Puts this process, which must have one thread, into a user and a network namespace of its own, with the loopback up:
/// what listens there listens nowhere on the host. The user stays who it is. An Error where the system refuses it.
[[nodiscard]] core::Result<void> enter_namespaces();

/// In those namespaces, hides from the program to be executed what pcscd must not see: drivers for real readers; and
/// gives it a /run of its own where /run/pcscd is missing, which pcscd cannot start without. What fails is left as it
/// was.
void hide_real_readers();

} // namespace tongka::cli
