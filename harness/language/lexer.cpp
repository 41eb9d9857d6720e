#include "harness/language/lexer.hpp"

#include "harness/language/names.hpp"

namespace tongka::harness {
namespace {

/// Bytes of the UTF-8 character that `lead` opens, so that a bad one is shown whole.
std::size_t character_size(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// A hyphen belongs to a word behind its first dot: `ixit.key-index` is a name, `a-b` a difference.
std::size_t word_size(std::string_view rest) {
    std::size_t size = 0;
    bool dotted = false;
    for (; size < rest.size(); ++size) {
        const bool hyphen = dotted && rest[size] == '-' && size + 1 < rest.size() && is_name_character(rest[size + 1]);
        if (!is_name_character(rest[size]) && rest[size] != '.' && !hyphen)
            break;
        dotted = dotted || rest[size] == '.';
    }
    return rest[0] == '.' ? 0 : size;
}

std::size_t comparison_size(std::string_view rest) {
    if (rest.starts_with("==") || rest.starts_with("!=") || rest.starts_with("<=") || rest.starts_with(">="))
        return 2;
    return rest[0] == '<' || rest[0] == '>' ? 1 : 0;
}

} // namespace

Token Lexer::next() {
    while (next_ < text_.size() && (text_[next_] == ' ' || text_[next_] == '\t' || text_[next_] == '\n'))
        ++next_;
    const auto begin = next_;
    if (begin >= text_.size())
        return {Token::Kind::end, begin, begin, {}};
    const auto rest = text_.substr(begin);
    auto kind = Token::Kind::word;
    auto size = word_size(rest);
    if (size == 0) {
        kind = Token::Kind::comparison;
        size = comparison_size(rest);
    }
    if (size == 0) {
        const bool symbol = std::string_view("(),|+-:").find(rest[0]) != std::string_view::npos;
        kind = symbol ? Token::Kind::symbol : Token::Kind::bad;
        size = character_size(rest[0]);
    }
    const auto text = rest.substr(0, size);
    next_ = begin + text.size();
    return {kind, begin, next_, text};
}

} // namespace tongka::harness
