package dev.hutong.mapping;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A text for people, in Chinese and in English. */
public record Bilingual(
        @JsonProperty(value = "zh-CN", required = true) String chinese,
        @JsonProperty(value = "en", required = true) String english) {}
