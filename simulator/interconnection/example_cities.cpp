#include "core/hex.hpp"
#include "simulator/interconnection/city.hpp"

namespace tongka::simulator {
namespace {

// clang-format off
constexpr City cities[] = {
    {.code = {0x10, 0x00}, .name = {"北京", "Beijing"}},
    {.code = {0x30, 0x00}, .name = {"天津", "Tianjin"}},
    {.code = {0x05, 0x00}, .name = {"石家庄", "Shijiazhuang"}},
    {.code = {0x06, 0x30}, .name = {"唐山", "Tangshan"}},
    {.code = {0x06, 0x60}, .name = {"秦皇岛", "Qinhuangdao"}},
    {.code = {0x05, 0x60}, .name = {"邯郸", "Handan"}},
    {.code = {0x07, 0x10}, .name = {"保定", "Baoding"}},
    {.code = {0x03, 0x00}, .name = {"太原", "Taiyuan"}},
    {.code = {0x03, 0x70}, .name = {"大同", "Datong"}},
    {.code = {0x01, 0x00}, .name = {"呼和浩特", "Hohhot"}},
    {.code = {0x01, 0x40}, .name = {"包头", "Baotou"}},
    {.code = {0x11, 0x00}, .name = {"沈阳", "Shenyang"}},
    {.code = {0x11, 0x60}, .name = {"大连", "Dalian"}},
    {.code = {0x11, 0x40}, .name = {"鞍山", "Anshan"}},
    {.code = {0x12, 0x10}, .name = {"锦州", "Jinzhou"}},
    {.code = {0x13, 0x00}, .name = {"长春", "Changchun"}},
    {.code = {0x13, 0x20}, .name = {"吉林", "Jilin"}},
    {.code = {0x15, 0x00}, .name = {"哈尔滨", "Harbin"}},
    {.code = {0x16, 0x10}, .name = {"齐齐哈尔", "Qiqihar"}},
    {.code = {0x16, 0x30}, .name = {"大庆", "Daqing"}},
    {.code = {0x20, 0x00}, .name = {"上海", "Shanghai"}},
    {.code = {0x21, 0x00}, .name = {"南京", "Nanjing"}},
    {.code = {0x21, 0x40}, .name = {"无锡", "Wuxi"}},
    {.code = {0x22, 0x10}, .name = {"徐州", "Xuzhou"}},
    {.code = {0x21, 0x30}, .name = {"常州", "Changzhou"}},
    {.code = {0x21, 0x50}, .name = {"苏州", "Suzhou"}},
    {.code = {0x22, 0x60}, .name = {"南通", "Nantong"}},
    {.code = {0x22, 0x20}, .name = {"连云港", "Lianyungang"}},
    {.code = {0x22, 0x30}, .name = {"淮安", "Huai'an"}},
    {.code = {0x22, 0x40}, .name = {"盐城", "Yancheng"}},
    {.code = {0x22, 0x50}, .name = {"扬州", "Yangzhou"}},
    {.code = {0x21, 0x20}, .name = {"镇江", "Zhenjiang"}},
    {.code = {0x31, 0x00}, .name = {"杭州", "Hangzhou"}},
    {.code = {0x31, 0x50}, .name = {"宁波", "Ningbo"}},
    {.code = {0x32, 0x50}, .name = {"温州", "Wenzhou"}},
    {.code = {0x31, 0x40}, .name = {"嘉兴", "Jiaxing"}},
    {.code = {0x31, 0x30}, .name = {"湖州", "Huzhou"}},
    {.code = {0x31, 0x20}, .name = {"绍兴", "Shaoxing"}},
    {.code = {0x32, 0x10}, .name = {"金华", "Jinhua"}},
    {.code = {0x31, 0x80}, .name = {"台州", "Taizhou"}},
    {.code = {0x23, 0x00}, .name = {"合肥", "Hefei"}},
    {.code = {0x24, 0x10}, .name = {"芜湖", "Wuhu"}},
    {.code = {0x23, 0x30}, .name = {"蚌埠", "Bengbu"}},
    {.code = {0x35, 0x00}, .name = {"福州", "Fuzhou"}},
    {.code = {0x36, 0x10}, .name = {"厦门", "Xiamen"}},
    {.code = {0x36, 0x20}, .name = {"泉州", "Quanzhou"}},
    {.code = {0x33, 0x00}, .name = {"南昌", "Nanchang"}},
    {.code = {0x33, 0x20}, .name = {"九江", "Jiujiang"}},
    {.code = {0x34, 0x10}, .name = {"赣州", "Ganzhou"}},
    {.code = {0x25, 0x00}, .name = {"济南", "Jinan"}},
    {.code = {0x26, 0x60}, .name = {"青岛", "Qingdao"}},
    {.code = {0x25, 0x50}, .name = {"淄博", "Zibo"}},
    {.code = {0x26, 0x40}, .name = {"烟台", "Yantai"}},
    {.code = {0x26, 0x10}, .name = {"潍坊", "Weifang"}},
    {.code = {0x27, 0x20}, .name = {"济宁", "Jining"}},
    {.code = {0x45, 0x00}, .name = {"郑州", "Zhengzhou"}},
    {.code = {0x47, 0x10}, .name = {"洛阳", "Luoyang"}},
    {.code = {0x45, 0x30}, .name = {"新乡", "Xinxiang"}},
    {.code = {0x43, 0x00}, .name = {"武汉", "Wuhan"}},
    {.code = {0x44, 0x30}, .name = {"宜昌", "Yichang"}},
    {.code = {0x41, 0x00}, .name = {"长沙", "Changsha"}},
    {.code = {0x41, 0x20}, .name = {"株洲", "Zhuzhou"}},
    {.code = {0x51, 0x00}, .name = {"广州", "Guangzhou"}},
    {.code = {0x51, 0x80}, .name = {"深圳", "Shenzhen"}},
    {.code = {0x51, 0x90}, .name = {"珠海", "Zhuhai"}},
    {.code = {0x52, 0x30}, .name = {"东莞", "Dongguan"}},
    {.code = {0x53, 0x00}, .name = {"南宁", "Nanning"}},
    {.code = {0x54, 0x50}, .name = {"柳州", "Liuzhou"}},
    {.code = {0x54, 0x10}, .name = {"桂林", "Guilin"}},
    {.code = {0x57, 0x00}, .name = {"海口", "Haikou"}},
    {.code = {0x40, 0x00}, .name = {"重庆", "Chongqing"}},
    {.code = {0x61, 0x00}, .name = {"成都", "Chengdu"}},
    {.code = {0x62, 0x10}, .name = {"绵阳", "Mianyang"}},
    {.code = {0x55, 0x00}, .name = {"贵阳", "Guiyang"}},
    {.code = {0x65, 0x00}, .name = {"昆明", "Kunming"}},
    {.code = {0x71, 0x00}, .name = {"西安", "Xi'an"}},
    {.code = {0x73, 0x00}, .name = {"兰州", "Lanzhou"}},
    {.code = {0x81, 0x00}, .name = {"西宁", "Xining"}},
    {.code = {0x75, 0x00}, .name = {"银川", "Yinchuan"}},
    {.code = {0x83, 0x00}, .name = {"乌鲁木齐", "Urumqi"}},
    {.code = {0x21, 0x42}, .name = {"宜兴", "Yixing"}, .project = true},
    {.code = {0x21, 0x44}, .name = {"江阴", "Jiangyin"}, .project = true},
    {.code = {0x21, 0x53}, .name = {"昆山", "Kunshan"}, .project = true},
    {.code = {0x21, 0x54}, .name = {"太仓", "Taicang"}, .project = true},
    {.code = {0x21, 0x55}, .name = {"常熟", "Changshu"}, .project = true},
    {.code = {0x21, 0x56}, .name = {"张家港", "Zhangjiagang"}, .project = true},
};
// clang-format on

} // namespace

std::string code_of(const City& city) {
    return core::to_hex(city.code);
}

std::span<const City> example_cities() {
    return cities;
}

} // namespace tongka::simulator
