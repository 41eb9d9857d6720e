#include "cli/pass_phrase.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/descriptor.hpp"

namespace tongka::cli {
namespace {

constexpr std::size_t shortest_new = 8;

void leave_no_core_file() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

} // namespace

void PassPhrase::Wipe::operator()(Buffer* buffer) const {
    OPENSSL_cleanse(buffer->data(), buffer->size());
    delete buffer;
}

PassPhrase::PassPhrase() : buffer_(new Buffer{}) {}

core::Result<PassPhrase> PassPhrase::read(const std::string& file, const std::string& what) {
    return take(file, what, false);
}

core::Result<PassPhrase> PassPhrase::read_new(const std::string& file, const std::string& what) {
    return take(file, what, true);
}

core::Result<PassPhrase> PassPhrase::take(const std::string& file, const std::string& what, bool is_new) {
    leave_no_core_file();
    PassPhrase pass_phrase;
    if (file.empty()) {
        TONGKA_CHECK(pass_phrase.ask(what, is_new));
    } else if (auto filled = pass_phrase.fill_from(file); !filled) {
        return core::fail(filled.error().at(file));
    }
    if (pass_phrase.size_ == 0)
        return core::fail("the pass phrase is empty");
    if (is_new && pass_phrase.size_ < shortest_new)
        return core::fail(fmt::format("the pass phrase of a new key needs {} characters at least", shortest_new));
    return pass_phrase;
}

core::Result<void> PassPhrase::fill_from(const std::string& file) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (descriptor.get() < 0 || ::fstat(descriptor.get(), &about) != 0)
        return core::fail(std::strerror(errno));
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return core::fail("group or others may read the pass phrase; chmod 600 it");
    std::size_t filled = 0;
    while (filled < buffer_->size()) {
        const auto got = ::read(descriptor.get(), buffer_->data() + filled, buffer_->size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return core::fail(std::strerror(errno));
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    std::string_view line(buffer_->data(), filled);
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.find('\n') != std::string_view::npos || line.size() > longest)
        return core::fail(fmt::format("a pass phrase is one line of {} characters at most", longest));
    size_ = line.size();
    return {};
}

core::Result<void> PassPhrase::ask(const std::string& what, bool twice) {
    // OpenSSL would take the standard input where there is no terminal.
    if (Descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC)).get() < 0)
        return core::fail("no terminal to ask for the pass phrase on; give --pass-file");
    const auto question = fmt::format("Pass phrase of {}: ", what);
    const int least = twice ? static_cast<int>(shortest_new) : 0;
    if (EVP_read_pw_string_min(buffer_->data(), least, static_cast<int>(longest), question.c_str(), twice ? 1 : 0) != 0)
        return core::fail("no pass phrase was typed, or not the same one twice");
    size_ = std::strlen(buffer_->data());
    return {};
}

} // namespace tongka::cli
