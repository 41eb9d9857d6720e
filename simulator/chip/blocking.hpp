#pragma once

#include "simulator/chip/files.hpp"

/// Blocking of an application, or of the whole card: it stands in the body of the DF (standards.md 4.1).
namespace tongka::simulator {

enum class Blocking : core::Byte { none, temporary, permanent, card };

[[nodiscard]] inline Blocking blocking(const Files& files, FileIndex directory) {
    return static_cast<Blocking>(files.content(directory)[0]);
}
inline void set_blocking(Transaction& transaction, const Files& files, FileIndex directory, Blocking blocking) {
    transaction.write_number(files.at(directory).body, 1, static_cast<core::Byte>(blocking));
}

/// Wrong APPLICATION UNBLOCKs so far; the third one blocks for good.
inline constexpr unsigned most_unblock_errors = 3;
[[nodiscard]] inline unsigned unblock_errors(const Files& files, FileIndex directory) {
    return files.content(directory)[1];
}
inline void set_unblock_errors(Transaction& transaction, const Files& files, FileIndex directory, unsigned errors) {
    transaction.write_number(files.at(directory).body + 1, 1, errors);
}

} // namespace tongka::simulator
