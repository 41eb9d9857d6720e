#pragma once

#include <filesystem>
#include <string_view>

#include "core/result.hpp"

namespace tongka::core {

/// What keeps programs of one user on one machine from changing a token at once, since PKCS#11 has no lock: a locked
/// file, named after the token's serial number, in a folder that is the user's alone. Programs of other users or
/// machines are out of its reach.
class TokenLock {
public:
    /// An Error where another holds it. Errors do not name the token.
    [[nodiscard]] static Result<TokenLock> take(std::string_view serial);

    TokenLock(TokenLock&& other) noexcept;
    TokenLock& operator=(TokenLock&& other) noexcept;
    ~TokenLock();

    /// `/run/user/UID/tongka/token-SERIAL`, or under `/tmp/tongka-UID` where the user has no runtime folder. No
    /// variable of the environment counts, so that all programs agree.
    [[nodiscard]] static std::filesystem::path path_for(std::string_view serial);

private:
    TokenLock(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

    std::filesystem::path path_;
    int descriptor_;
};

} // namespace tongka::core
