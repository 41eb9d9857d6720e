#include "cli/pass_phrase.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>

#include <fmt/format.h>

namespace tongka::cli {
namespace {

using core::fail;
using core::PassPhrase;
using core::Result;

constexpr std::size_t longest = 1024;
constexpr char interrupt = 0x03; // Ctrl-C

/// Up to the end of a line, byte by byte: what a stream reads ahead would stay in its buffer.
Result<PassPhrase> read_line(int descriptor) {
    PassPhrase line;
    line.reserve(longest);
    while (true) {
        core::Byte byte = 0;
        const auto count = ::read(descriptor, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail("cannot be read: " + std::system_category().message(errno));
        if (count == 0 || byte == '\n' || byte == '\r')
            return line;
        if (byte == interrupt)
            return fail("interrupted");
        if (line.size() == longest)
            return fail(fmt::format("has more than {} bytes in its first line", longest));
        line.push_back(byte);
    }
}

Result<PassPhrase> from_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail("cannot be opened: " + std::system_category().message(errno));
    struct stat status {};
    auto line = [&]() -> Result<PassPhrase> {
        if (::fstat(file, &status) != 0 || S_ISDIR(status.st_mode))
            return fail("is no file");
        if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
            return fail(
                fmt::format("others than its owner may use it (mode {:03o}): chmod 600 it", status.st_mode & 0777));
        return read_line(file);
    }();
    ::close(file);
    if (line && line->empty())
        return fail("its first line, the pass phrase, is empty");
    return line;
}

/// A terminal that shows nothing of what is typed. It sends no signals meanwhile either: one that ended the program
/// would leave it so.
class SilentTerminal {
public:
    SilentTerminal() {
        ::tcgetattr(STDIN_FILENO, &before_);
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

private:
    termios before_{};
};

Result<PassPhrase> ask(const std::string& question) {
    const SilentTerminal silent;
    fmt::print(stderr, "{}: ", question);
    auto line = read_line(STDIN_FILENO);
    fmt::print(stderr, "\n");
    return line;
}

} // namespace

Result<PassPhrase> get_pass_phrase(const std::string& file, const std::string& what, Asked asked) {
    if (!file.empty()) {
        auto line = from_file(file);
        if (!line)
            return fail(line.error().at(file));
        return line;
    }
    if (::isatty(STDIN_FILENO) == 0)
        return fail(
            fmt::format("there is no terminal to ask for the pass phrase of {}: name a file that holds it", what));
    TONGKA_TRY(auto typed, ask(fmt::format("Pass phrase of {}", what)));
    if (typed.empty())
        return fail("an empty pass phrase protects nothing");
    if (asked == Asked::twice) {
        TONGKA_TRY(const auto again, ask("The same again"));
        if (again != typed)
            return fail("the two pass phrases differ");
    }
    return typed;
}

} // namespace tongka::cli
