#pragma once

#include <string_view>

/// What names and the headers of contact lists are written with, in small letters.
namespace switchboard::input {

/// The letters beyond ASCII of each alphabet that is written in Latin letters.
inline constexpr std::u32string_view kAlphabets[] = {
    U"äöüß",              // German
    U"àâæçéèêëîïôœùûüÿ",  // French
    U"áéíñóúü",           // Spanish
    U"áâãàçéêíóôõúü",     // Portuguese
    U"àèéìíîòóùú",        // Italian
    U"àçèéíïòóúü",        // Catalan
    U"æøåéöäü",           // Danish, Norwegian
    U"åäöéüáà",           // Swedish, Finnish
    U"áäéëèêïíóöúü",      // Dutch
    U"áðéíóúýþæö",        // Icelandic
    U"áčďéěíňóřšťúůýž",   // Czech
    U"áäčďéíĺľňóôŕšťúýž", // Slovak
    U"ąćęłńóśźż",         // Polish
    U"áéíóöőúüű",         // Hungarian
    U"ăâîșțşţ",           // Romanian
    U"čćđšž",             // Croatian, Slovene
    U"çğıiöşüâîû\u0307",  // Turkish
    U"ąčęėįšųūž",         // Lithuanian
    U"āčēģīķļņšūž",       // Latvian
    U"äöõüšž",            // Estonian
    U"ëç",                // Albanian
};

/// Those that names have most often, over all of these languages, and those that are usual.
inline constexpr std::u32string_view kFrequentLetters = U"éüöäáóíñçèãßøåšč";
inline constexpr std::u32string_view kUsualLetters = U"ëïîêâôàúõæœžřěůłąęśżćńđőýņăşțğıėūāēīòîşţñ";

/// Those that hardly ever end a name.
inline constexpr std::u32string_view kSeldomLast = U"ïîûâôçñäÿ";

/// Those that hardly ever begin one, as small letters.
inline constexpr std::u32string_view kSeldomFirst = U"ìòùýßïîûñàëêãõ";

/// The syllables of most Korean names and of the words in headers (이름 전화 번호 …).
inline constexpr std::u32string_view kKoreanSyllables =
    U"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위"
    U"표명기반왕금옥육인맹제모수영준희경미은혜호상철동재훈우아라나름화번대폰일메회사주소락처수윤슬빈찬혁규광식숙순자춘예다솜율건태환"
    U"용승욱섭열웅필균률직급부팀비고락시구로울산";

/// Characters of most Japanese family and given names, and of headers (氏名 電話 …).
inline constexpr std::u32string_view kJapaneseCharacters =
    U"田中山本佐藤鈴木高橋髙伊渡辺邊村小林加吉川松井上清水野原石長谷斎齋岡島嶋森池内阿部前後近遠坂福西東南北三四五六七八九十一二郎子美"
    U"恵真由紀和幸正明弘博浩健太大介翔陽菜結愛優花葉桜千代里奈香織直樹秀雄義昭久保崎﨑青今新古市宮武平坂口岩"
    U"土丸金星桑柳杉竹梅河沼浜濱谷安倍成沢澤関菊片氏名電話番号携帯住所会社株式有限郵便様部署役職生年月日備考都道府県区町";

/// Characters of most Chinese family and given names, simplified and traditional, and of headers (姓名 电话 …).
inline constexpr std::u32string_view kChineseCharacters =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    U"姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红"
    U"建国志春雪梅飞鹏宇浩然梓轩子涵雨欣怡佳琪嘉俊晓东海燕云波辉荣成龙凤仙珍香莲德福生永庆祥瑞云天小大中新一二三"
    U"張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧賈葉閻鍾譚鄒陸顧龍萬錢湯喬賀賴龔偉靜麗軍艷傑濤蘭紅國飛鵬軒涵曉東雲輝榮鳳蓮慶莊詹簡游連施"
    U"姓名电话手机邮箱公司地址部门职务联系人备注电子件移動電話號碼手機郵箱郵件地址部門職稱聯絡人備註生日";

}  // namespace switchboard::input
