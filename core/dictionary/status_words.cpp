#include "core/dictionary/status_words.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::core::dictionary {

// clang-format off
static constexpr StatusMeaning table[]{
    {"61xx", {"正常，还有响应数据可取", "done, answer data waits"}},
    {"6281", {"返回的数据可能有错", "returned data may be corrupt"}},
    {"6282", {"文件已结束", "end of file reached"}},
    {"6283", {"选择的文件或应用无效（已锁定）", "selected file or application is blocked"}},
    {"6300", {"认证失败", "authentication failed"}},
    {"63Cx", {"验证失败，还剩x次", "verification failed, x tries left"}},
    {"6400", {"执行出错，状态未变", "execution error, nothing changed"}},
    {"6581", {"写存储器失败", "memory failure"}},
    {"6700", {"长度错误", "wrong length"}},
    {"6881", {"不支持逻辑通道", "logical channels are not supported"}},
    {"6882", {"不支持安全报文", "secure messaging is not supported"}},
    {"6900", {"CLA与安全报文要求不符", "CLA does not fit the secure messaging asked for"}},
    {"6901", {"状态不符，命令不接受", "command not accepted in this state"}},
    {"6981", {"文件类型不符", "command does not fit the file's type"}},
    {"6982", {"安全状态不满足", "security status not satisfied"}},
    {"6983", {"认证方法锁定", "authentication method blocked"}},
    {"6984", {"引用数据或随机数无效", "reference data or challenge invalid"}},
    {"6985", {"使用条件不满足", "conditions of use not satisfied"}},
    {"6986", {"没有当前文件", "no current file"}},
    {"6987", {"缺少安全报文数据", "secure messaging object missing"}},
    {"6988", {"安全报文数据错误", "secure messaging object wrong"}},
    {"6A80", {"数据域参数错误", "wrong data"}},
    {"6A81", {"功能不支持，或卡片已锁定", "function not supported, or card blocked"}},
    {"6A82", {"文件未找到", "file not found"}},
    {"6A83", {"记录未找到", "record not found"}},
    {"6A84", {"存储空间不足", "not enough space"}},
    {"6A86", {"P1、P2错误", "wrong P1 or P2"}},
    {"6A88", {"密钥未找到", "key not found"}},
    {"6B00", {"偏移超出文件", "offset beyond the file"}},
    {"6Cxx", {"Le错误，正确长度为xx", "wrong Le, right one told"}},
    {"6D00", {"INS不支持", "INS not supported"}},
    {"6E00", {"CLA不支持", "CLA not supported"}},
    {"6F00", {"未知错误", "no diagnosis"}},
    {"9000", {"成功", "success"}},
    {"9302", {"MAC无效", "MAC invalid"}},
    {"9303", {"应用永久锁定", "application permanently blocked"}},
    {"9401", {"金额不足", "insufficient amount"}},
    {"9402", {"交易计数器达到最大值", "transaction counter at its maximum"}},
    {"9403", {"密钥索引不支持", "key index not supported"}},
    {"9406", {"所需的MAC不可用", "requested MAC not available"}},
    {"9407", {"应用禁止使用", "application prohibited"}}, // JT/T 978, from a single source
};
// clang-format on

bool StatusMeaning::matches(StatusWord sw) const {
    const auto digits = fmt::format("{:04X}", sw);
    return std::ranges::equal(pattern, digits,
                              [](char wanted, char digit) { return wanted == 'x' || wanted == digit; });
}

std::span<const StatusMeaning> status_words() {
    return table;
}

const StatusMeaning* find_status(StatusWord sw) {
    const auto at = std::ranges::find_if(table, [sw](const StatusMeaning& entry) { return entry.matches(sw); });
    return at == std::ranges::end(table) ? nullptr : &*at;
}

/// `pattern` with the number that the status word carries.
static std::string counted(const Text& pattern, Language language, unsigned number) {
    return fmt::format(fmt::runtime(pattern.in(language)), number);
}

std::string describe(StatusWord sw, Language language) {
    const unsigned low = sw & 0xFFU;
    const unsigned bytes = low == 0 ? 256 : low;
    if ((sw & 0xFFF0) == 0x63C0)
        return counted({"验证失败，还剩{}次", "verification failed, {} tries left"}, language, sw & 0xFU);
    if (sw >> 8 == 0x61)
        return counted({"正常，还有{}字节可取", "done, {} bytes wait"}, language, bytes);
    if (sw >> 8 == 0x6C)
        return counted({"Le错误，应为{}字节", "wrong Le, {} bytes are there"}, language, bytes);
    static constexpr Text unknown{"未知状态字", "unknown status word"};
    const StatusMeaning* entry = find_status(sw);
    return std::string((entry ? entry->meaning : unknown).in(language));
}

} // namespace tongka::core::dictionary
