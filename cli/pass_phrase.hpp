#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tongka::cli {

/// What a key is encrypted under, or a PIN: read once, wiped when it goes.
class PassPhrase {
public:
    /// From a file that nobody but its owner may read (one line), or, where `file` is empty, asked for on the terminal
    /// without echo. A process that asks writes no core file from then on. `what` names the key in the question.
    [[nodiscard]] static core::Result<PassPhrase> read(const std::string& file, const std::string& what);

    /// As read, for a key that is new: 8 characters at least, asked for twice.
    [[nodiscard]] static core::Result<PassPhrase> read_new(const std::string& file, const std::string& what);

    [[nodiscard]] std::string_view text() const { return {buffer_->data(), size_}; }

private:
    static constexpr std::size_t longest = 1024;
    using Buffer = std::array<char, longest + 2>; // with the end of the line
    struct Wipe {
        void operator()(Buffer* buffer) const;
    };

    PassPhrase();
    [[nodiscard]] core::Result<void> fill_from(const std::string& file);
    [[nodiscard]] core::Result<void> ask(const std::string& what, bool twice);
    [[nodiscard]] static core::Result<PassPhrase> take(const std::string& file, const std::string& what, bool is_new);

    std::unique_ptr<Buffer, Wipe> buffer_;
    std::size_t size_ = 0;
};

} // namespace tongka::cli
