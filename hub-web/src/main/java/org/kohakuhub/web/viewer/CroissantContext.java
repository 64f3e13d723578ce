package org.kohakuhub.web.viewer;

import jakarta.json.JsonValue;
import org.kohakuhub.web.json.JsonAnswer;

/** The words of Croissant's JSON-LD, as its specification prescribes them. */
final class CroissantContext {
    static final JsonValue VALUE = JsonAnswer.parse("""
            {"@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs",
             "column": "cr:column", "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn",
             "cr": "http://mlcommons.org/croissant/", "data": {"@id": "cr:data", "@type": "@json"},
             "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/",
             "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
             "extract": "cr:extract", "field": "cr:field", "fileObject": "cr:fileObject",
             "fileProperty": "cr:fileProperty", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
             "isArray": "cr:isArray", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
             "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
             "personalSensitiveInformation": "cr:personalSensitiveInformation",
             "rai": "http://mlcommons.org/croissant/RAI/", "recordSet": "cr:recordSet",
             "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
             "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator",
             "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform"}""");

    private CroissantContext() {}
}
