#include "reports/html_text.hpp"

namespace tongka::reports {
namespace {

std::string both(std::string_view zh, std::string_view en) {
    if (zh == en)
        return escaped(zh);
    return R"(<span lang="zh">)" + escaped(zh) + R"(</span><span lang="en">)" + escaped(en) + "</span>";
}

} // namespace

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
                safe += "\uFFFD";
            else
                safe += c;
        }
    }
    return safe;
}

std::string both(const Words& words) {
    return both(std::string_view(words.zh), std::string_view(words.en));
}
std::string both(core::Text text) {
    return both(text.zh, text.en);
}

std::string script_safe(std::string json) {
    std::string safe;
    safe.reserve(json.size());
    for (const char c : json) {
        if (c == '<')
            safe += "\\u003c";
        else if (c == '>')
            safe += "\\u003e";
        else if (c == '&')
            safe += "\\u0026";
        else
            safe += c;
    }
    return safe;
}

} // namespace tongka::reports
