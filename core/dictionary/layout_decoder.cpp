#include "core/dictionary/layout_decoder.hpp"

#include <algorithm>

#include "core/dictionary/render.hpp"
#include "core/tlv.hpp"

namespace tongka::core::dictionary {

namespace {

constexpr Text raw{"数据", "data"};
constexpr Text misfit{"长度不符的数据", "data of another length"};

struct TagName {
    Tag tag;
    Text name;
    Kind kind;
};

// standards.md 3.2
constexpr TagName tag_names[]{
    {0x6F, {"FCI模板", "FCI template"}, Kind::data},
    {0x84, {"DF名称", "DF name"}, Kind::name},
    {0xA5, {"FCI专有模板", "FCI proprietary template"}, Kind::data},
    {0x88, {"目录文件SFI", "SFI of the directory"}, Kind::number},
    {0x9F08, {"应用版本", "application version"}, Kind::data},
    {0x9F0C, {"发卡方自定义数据", "issuer's data"}, Kind::data},
    {0xBF0C, {"发卡方自定义数据模板", "issuer's discretionary data"}, Kind::data},
    {0x61, {"目录入口", "directory entry"}, Kind::data},
    {0x4F, {"应用标识符", "application identifier"}, Kind::data},
    {0x50, {"应用标签", "application label"}, Kind::name},
    {0x87, {"应用优先指示符", "application priority"}, Kind::data},
};

TagName name_of(Tag tag) {
    const auto at = std::ranges::find(tag_names, tag, &TagName::tag);
    return at == std::ranges::end(tag_names) ? TagName{tag, {"未知数据对象", "unknown data object"}, Kind::data} : *at;
}

std::size_t sum_of_widths(Layout layout) {
    std::size_t sum = 0;
    for (const auto& field : layout)
        sum += field.width;
    return sum;
}

Kind strictest(Layout layout) {
    const auto secret = std::ranges::find_if(layout, [](const Field& field) { return is_secret(field.kind); });
    return secret == layout.end() ? Kind::data : secret->kind;
}

} // namespace

void LayoutDecoder::add(const Text& name, Kind kind, std::size_t offset, std::size_t size, int depth) {
    fields_.push_back({offset, size, depth, name, kind, render(kind, bytes_.subspan(offset, size), context_.language)});
}

void LayoutDecoder::add_part(const Field& field, std::size_t offset, std::size_t size, int depth) {
    if (size == 0)
        return;
    add(field.name, field.kind, offset, size, depth);
    if (field.kind == Kind::file_content)
        lay_out_file(offset, size, depth + 1);
    else if (field.kind == Kind::fci)
        lay_out_tlv(offset, size, depth + 1);
}

void LayoutDecoder::lay_out(Layout layout, std::size_t offset, std::size_t size, int depth) {
    if (size == 0)
        return;
    const std::size_t fixed = sum_of_widths(layout);
    const bool takes_rest = std::ranges::any_of(layout, [](const Field& field) { return field.width == 0; });
    if (takes_rest ? size < fixed : size != fixed) {
        add(layout.empty() ? raw : misfit, strictest(layout), offset, size, depth);
        return;
    }
    for (const auto& field : layout) {
        const std::size_t width = field.width == 0 ? size - fixed : field.width;
        add_part(field, offset, width, depth);
        offset += width;
    }
}

void LayoutDecoder::lay_out_file(std::size_t offset, std::size_t size, int depth) {
    const FileLayout* file = file_ ? find_file(*file_, form_, context_.device, file_offset_, size) : nullptr;
    if (!file)
        return;
    const std::size_t first = file_offset_;
    const std::size_t end = file_offset_ + size;
    std::size_t at = 0;
    for (const auto& field : file->fields) {
        const std::size_t field_end = field.width == 0 ? std::max(at, end) : at + field.width;
        const std::size_t from = std::max(at, first);
        const std::size_t to = std::min(field_end, end);
        if (from < to) {
            const bool whole = from == at && to == field_end;
            add_part({field.name, field.width, whole ? field.kind : Kind::data}, offset + from - first, to - from,
                     depth);
        }
        at = field_end;
    }
}

static void add_objects(LayoutDecoder& decoder, const std::vector<Tlv>& objects, BytesView bytes, std::size_t offset,
                        int depth) {
    for (const auto& object : objects) {
        const auto [tag, name, kind] = name_of(object.tag);
        const std::size_t at = offset + static_cast<std::size_t>(object.value.data() - bytes.data());
        decoder.add(name, kind, at, object.value.size(), depth);
        add_objects(decoder, object.children, bytes, offset, depth + 1);
        if (tag == 0x9F0C) { // holds file 0015 (standards.md 3.2)
            decoder.set_file(0x0015, FileForm::binary, 0);
            decoder.lay_out_file(at, object.value.size(), depth + 1);
        }
    }
}

void LayoutDecoder::lay_out_tlv(std::size_t offset, std::size_t size, int depth) {
    const auto part = bytes_.subspan(offset, size);
    if (const auto objects = parse_tlv(part))
        add_objects(*this, *objects, part, offset, depth);
}

} // namespace tongka::core::dictionary
