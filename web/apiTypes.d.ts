// Written by npm run docs from openapi.json; do not edit.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the process responds */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that searches are answered */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the catalog */
        get: operations["search"];
        put?: never;
        /** Search the catalog, with the parameters as JSON */
        post: operations["searchWithBody"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/multi-search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer several searches in one request
         * @description At most 50 searches, each with the parameters of POST /v1/search. The answers are in their order, and the same as those of separate requests; searches that differ only in refine, facets, pages and what hits show share one retrieval. If one search is wrong, none is answered: 400 names its position, counted from 0, as in searches.2.filter.
         */
        post: operations["multiSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/1/indexes/{index}/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer searches in the format of Algolia's clients
         * @description At most 50 searches, answered in their order. The parameters are members of a search, or the URL-encoded text params: query, page, hitsPerPage, facets, facetFilters, numericFilters, filters, maxValuesPerFacet, attributesToRetrieve, attributesToHighlight, attributesToSnippet, highlightPreTag, highlightPostTag, distinct, typoTolerance; facet, facetQuery and maxFacetHits with the type facet. Others are ignored, but for those that would leave products out. The key may also be sent as x-algolia-api-key, in a header or in the query string.
         */
        post: operations["algoliaQueries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/1/indexes/{index}/facets/{facet}/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find values of a facet, in the format of Algolia's clients
         * @description facetQuery is what was typed, maxFacetHits the number of values (10 unless said, at most 100); the other parameters are those of a search.
         */
        post: operations["algoliaFacetQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Complete a partial query */
        get: operations["suggest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List products similar to this one */
        get: operations["getSimilarProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find products similar to several */
        get: operations["findSimilar"];
        put?: never;
        /** Find products similar to several, with the parameters as JSON */
        post: operations["findSimilarWithBody"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/complements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products that are bought together with this one
         * @description From orders, as they were at the last learning: only products that are together with this one more often than by chance, beyond a bound that holds for all pairs at once. Empty where orders are too few.
         */
        get: operations["getComplements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what to fix next, by lost revenue */
        get: operations["listFixes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retrainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was learned from events and when, with figures before and after */
        get: operations["listRetrainings"];
        put?: never;
        /** Learn from events now, as a job */
        post: operations["startRetraining"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one product
         * @description Blanks are filled by applied facts; `_shelfwright` holds the origin of each value. Texts are as you wrote them, with their markup, unless `markup=strip`.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        /** Delete a product */
        delete: operations["deleteProduct"];
        options?: never;
        head?: never;
        /**
         * Change price, stock or availability
         * @description The change is visible in the next search; nothing is embedded again.
         */
        patch: operations["patchProduct"];
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or replace products
         * @description The body is a list, {"products": [...]}, a single product, or one product per line as application/x-ndjson. A row is a complete product: it replaces all fields of a stored product with its id, and what the row lacks is removed. PATCH /v1/products changes single fields. Each row is answered in order; 400 only if every row is refused.
         */
        post: operations["upsertProducts"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change single fields of products
         * @description The body is a list, {"products": [...]}, a single product, or one product per line as application/x-ndjson. A row has the id of a stored product and the fields to change: other fields stay, attributes are changed one by one, and null clears a field or an attribute. Only changed texts are embedded again. Each row is answered in order; 400 only if every row is refused.
         */
        patch: operations["mergeProducts"];
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of products since a number
         * @description In the order in which they were written. Begin with since=0, and ask again with `next`, which is where the answer ended; `more` says whether there are further changes now. A product that changed twice is listed twice.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store events: impressions, clicks, carts, purchases
         * @description Events of User Behavior Insights (UBI) 1.3.0: one, a list of at most 1000, {"events": [...]}, or one per line as application/x-ndjson. `action_name` is impression, click, add_to_cart, purchase, search or a name of your own; `query_id` is that of the search's answer. Purchases may have `quantity`, `price` and `order_id` in `event_attributes`; an event with an `event_id` there is stored once. Each row is answered in order; 400 only if every row is refused. Stored events are on disk when the answer comes.
         */
        post: operations["addEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store events in the format of Algolia's Insights
         * @description As InstantSearch sends them with `insights: true`: view, click and conversion (addToCart, purchase). Each object of an event is one event of ours.
         */
        post: operations["algoliaEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List experiments, the latest first */
        get: operations["listExperiments"];
        put?: never;
        /**
         * Start an experiment
         * @description Searches with a client_id take part: a share of the clients gets the variants, by a hash of the id. One experiment runs at a time, and its name is never used again.
         */
        post: operations["startExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/duration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Estimate how long an experiment takes
         * @description From the searches with a client_id, and their clicks, of the last four weeks.
         */
        get: operations["estimateExperiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List variants that can be tried without a definition
         * @description What was learned from shoppers comes first, as soon as there is any.
         */
        get: operations["listExperimentOffers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ranking/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rankings that were adopted from experiments, the newest first
         * @description The first one serves. Without any, the ranking that Shelfwright comes with does.
         */
        get: operations["listRankings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ranking/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the ranking before the last change the one that serves */
        post: operations["undoRanking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the variant that won the ranking that serves
         * @description Also stops the experiment. Refused unless a variant is better than the first one, and differs in the ranking only.
         */
        post: operations["adoptExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an experiment
         * @description All shoppers get the serving configuration again. What was recorded stays.
         */
        post: operations["stopExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say how an experiment goes, in figures and in words */
        get: operations["reportExperiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrich": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill the blanks of products without storing them
         * @description The body is a list, {"products": [...]}, a single product, or one product per line as application/x-ndjson; at most 1000 products.
         */
        post: operations["enrichProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrich/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a job that fills the blanks of the stored products
         * @description The first step of a reindex, alone. GET /v1/products/:id shows the new values at once, searches after the next reindex.
         */
        post: operations["startEnrichment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List groups of suggestions that wait for review */
        get: operations["listSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/suggestions/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the products of one group */
        get: operations["getSuggestionGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{field}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the values of the taxonomy that a field may have */
        get: operations["listFieldValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/suggestions/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept, reject or correct suggestions, or undo a decision
         * @description A decision is about a group or about one product. Either all decisions of a request take effect or none: 409 if what was shown has changed since. Accepted and corrected values are in the next search; a rejected value is not suggested again.
         */
        post: operations["decideSuggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List review decisions, newest first */
        get: operations["listDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one decision and its products */
        get: operations["getDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synonyms/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suggest synonyms for queries without hits */
        get: operations["listSynonymSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the current merchandising rules */
        get: operations["getRules"];
        /**
         * Publish rules as the next version
         * @description They apply from the next search. 400 with the findings if the rules have errors; 409 if `if_version` is not the current version.
         */
        put: operations["publishRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the published versions, newest first */
        get: operations["listRuleVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one version of the rules */
        get: operations["getRuleVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check rules for errors
         * @description Rules with errors cannot be published. Warnings name values that the catalog does not have and rules that have expired.
         */
        post: operations["lintRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare a search with the current rules and with the given ones
         * @description Publishes nothing. `changes` covers the requested page.
         */
        post: operations["previewRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish an old version again, as the next version */
        post: operations["rollBackRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spellings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the values that are written in several ways */
        get: operations["listSpellings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spellings/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the bulk changes made, newest first */
        get: operations["listSpellingRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spellings/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give values the spelling that the audit suggests, or one of your own, or count what would change */
        post: operations["applySpellings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spellings/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore the values that a run changed, except those changed since */
        post: operations["undoSpellings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the audit that runs, and the last one that is done */
        get: operations["getAudit"];
        put?: never;
        /** Start a job that looks for duplicates, wrong categories and wrong values */
        post: operations["startAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the last audit found of one kind
         * @description At most 10,000 findings of a kind are kept. Spellings are under /v1/spellings.
         */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pairs of products that are probably the same thing */
        get: operations["listDuplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the products that are probably the same thing, all of a thing together */
        get: operations["listDuplicateClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/duplicates/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archive or delete duplicates, or count what would go */
        post: operations["removeDuplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give products other categories, or count what would change */
        post: operations["correctCategories"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the categories with the numbers of their products
         * @description With the edits of the draft, if there is one.
         */
        get: operations["getTaxonomy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a category with the attributes that its products carry, and their values */
        get: operations["getCategory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List frequent values of the products that the taxonomy does not list */
        get: operations["listProposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the edits that are not published, what is wrong with them, and the difference */
        get: operations["getTaxonomyDraft"];
        put?: never;
        post?: never;
        /** Discard the draft */
        delete: operations["discardTaxonomyDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/draft/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the products that each edit of the draft is about
         * @description Those of the category or below it, those with a value of the attribute, or those with the value; filled values count.
         */
        get: operations["countDraftProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/draft/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add edits to the draft, all or none; starts a draft if there is none */
        post: operations["editTaxonomy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/draft/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the last edit of the draft back */
        post: operations["undoTaxonomyEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/taxonomy/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a job that publishes the draft, counts what that would change, or undoes the last publication
         * @description The report of the job has the facts that change, and the values of products that the new version does not know. Searches and filled values follow at the next reindex.
         */
        post: operations["publishTaxonomy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start the import of a file of products
         * @description The body is the file (CSV, TSV, JSONL or XLSX, gzip accepted), or names one in the import folder as JSON: {"file": "feeds/today.csv", "full": true}. A row changes only the fields that it has; a blank cell clears the value. An interrupted import resumes. With preview, the job reports what the import would add, change, clear and delete, which products that are, and which check would stop it, and changes nothing. GET /v1/jobs/:id/quarantine lists the rows and cells that could not be read.
         */
        post: operations["startImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Guess what the columns of a file hold
         * @description The body is the file, or for CSV, TSV and JSONL only its beginning (some hundred rows will do). Nothing is stored.
         */
        post: operations["previewUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrich/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a job that fills the blanks of a file
         * @description The body is the file (CSV, TSV, JSONL or XLSX, gzip accepted). No product is stored. GET /v1/jobs/:id/files/filled answers the filled file in the same format, with the same rows, order and columns; it is kept for a week, and of many fills the latest twenty.
         */
        post: operations["fillFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the file that a job filled, or its facts */
        get: operations["getFilledFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the saved mappings of columns */
        get: operations["listMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Save a mapping of columns under the name of a supplier */
        put: operations["saveMapping"];
        post?: never;
        /** Remove a mapping of columns */
        delete: operations["deleteMapping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the generations on disk */
        get: operations["listGenerations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch to another generation */
        post: operations["activateGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reindex": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a job that enriches, embeds what changed, builds a generation, checks it and switches to it
         * @description Runs in a process of its own; searches use the current generation until the switch. If the same reindex is already queued, the answer is that job.
         */
        post: operations["startReindex"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the latest 50 jobs */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the state and progress of a job */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rows that an import could not read
         * @description One JSON object per line: line, field, reason, text. Empty if there are none.
         */
        get: operations["getJobQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description Answers before the job has stopped. A finished job does not change, and the current generation stays.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a job, as server-sent events
         * @description An event progress with the job, as GET /v1/jobs/:id answers it, at once and after each change; when it has ended, an event end with the job, and the answer is over. A comment line every 15 seconds shows that the connection lives. An EventSource that reconnects after the end is answered 204, so that it stops.
         */
        get: operations["followJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the state of the service: generation, jobs, imports, quality, what is degraded */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lab/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer one search with two configurations
         * @description These searches are not recorded, and nothing about the service changes.
         */
        post: operations["compareSearches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lab/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Measure two configurations on judged queries
         * @description NDCG of the first ten hits, reciprocal rank and recall of the first hundred, as shelfwright evaluate search measures them.
         */
        post: operations["evaluateSearches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys, without their secrets, oldest first */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create an API key
         * @description The answer has the key itself, which is not shown again. With the first key, every request needs one.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops working at once. After the last one the service still requires a key, which only shelfwright keys create can then make.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get every setting with its value and origin; secrets are masked */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completeness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get how complete the catalog is by category, before and after enrichment, and where to start */
        get: operations["getCompleteness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what people searched for, most frequent first */
        get: operations["listQueries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the measured quality of the catalog, now and over time */
        get: operations["getQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        CategoryNodeInput: {
            value: string;
            name: string;
            count: number;
            children: components["schemas"]["CategoryNodeInput"][];
        };
        CategoryNode: {
            value: string;
            name: string;
            count: number;
            children: components["schemas"]["CategoryNode"][];
        };
        Fact: {
            field: string;
            value: (string | number | boolean) | (string | number | boolean)[];
            written?: (string | number | boolean) | (string | number | boolean)[];
            /** @enum {string} */
            status: "applied" | "suggested" | "rejected" | "superseded";
            confidence: number;
            /** @enum {string} */
            source: "merchant" | "reviewer" | "model";
            /** @enum {string} */
            method: "classifier" | "lookup" | "measure" | "tagger" | "neighbours" | "template" | "reviewer";
            evidence: {
                field: string;
                start: number;
                end: number;
                quote: string;
            } | {
                neighbours: {
                    id: string;
                    similarity: number;
                    value: (string | number | boolean) | (string | number | boolean)[];
                }[];
            } | {
                rule: string;
            } | {
                clauses: {
                    start: number;
                    end: number;
                    field: string;
                }[];
            } | {
                decision: number;
                by: string;
            };
        };
        Hit: {
            id: string;
            score: number;
            /** @enum {string} */
            tier: "exact" | "all" | "partial" | "semantic";
            product: components["schemas"]["Product"];
            _highlight?: {
                [key: string]: string | string[];
            };
            explain?: {
                matched: string[];
                shares: {
                    [key: string]: number;
                };
                words: {
                    word: string;
                    fields: ("title" | "brand" | "category" | "attributes" | "identifiers" | "description")[];
                }[];
                features: {
                    [key: string]: {
                        value: number;
                        weight: number;
                        share: number;
                        about: string;
                    };
                };
                facts: components["schemas"]["Fact"][];
                rules?: string[];
            };
            variants?: {
                count: number;
                ids: string[];
            };
        };
        Job: {
            id: string;
            /** @enum {string} */
            kind: "import" | "enrich" | "reindex" | "fill" | "audit" | "taxonomy" | "learn";
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed" | "cancelled";
            request: {
                [key: string]: unknown;
            };
            created: string;
            started: string | null;
            finished: string | null;
            attempts: number;
            progress: {
                step: string;
                done: number;
                total: number | null;
            } | null;
            report: {
                [key: string]: unknown;
            } | null;
            error: string | null;
        };
        /** @description An error (RFC 9457). Some routes add members, such as `results` or `findings`. */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description One sentence: what is wrong, and what to do. */
            detail: string;
            /** @description The offending fields. */
            errors: {
                field: string;
                reason: string;
            }[];
            /** @description The id of the request in the log of the service. */
            request_id?: string;
        };
        Product: {
            /** @description The merchant's own id. */
            id: string;
            /** @description The name that shoppers see. */
            title?: string;
            /** @description Text, with or without markup. */
            description?: string;
            brand?: string;
            /** @description A path, its levels joined by " > ". */
            category?: string;
            /** @description In units of the currency. A live field: a change embeds nothing again. */
            price?: number;
            /** @description ISO 4217, such as EUR. */
            currency?: string;
            /** @description A word such as in_stock. A live field. */
            availability?: string;
            /** @description Pieces. A live field. */
            stock?: number;
            /** @description The product's page. */
            url?: string;
            /** @description The address of a picture. */
            image?: string;
            /** @description EAN, UPC, ISBN or another GTIN. */
            gtin?: string;
            /** @description The same for the variants of one product; see the parameter group. */
            group_id?: string;
            /** @description Names to values: texts, numbers, booleans, or lists of them. */
            attributes?: {
                [key: string]: (string | number | boolean) | (string | number | boolean)[];
            };
            /** @description Paths of all categories of a product that has several. */
            categories?: unknown;
            /** @description active, draft or archived; searches find active ones unless they ask for others. */
            status?: unknown;
            /** @description An identifier: the query finds it in any spacing. */
            sku?: unknown;
            /** @description An identifier, as sku is. */
            mpn?: unknown;
            /** @description A number, to sort and filter by. */
            rating?: unknown;
            /** @description A number; popular products rank a little higher. sales is read where it is missing. */
            popularity?: unknown;
            /** @description Only in answers: the values that the enricher filled or suggests, with evidence and confidence. */
            _shelfwright?: {
                facts: components["schemas"]["Fact"][];
            };
        } & {
            [key: string]: unknown;
        };
        RuledAnswer: {
            query: string;
            total: number;
            page: number;
            per_page: number;
            hits: components["schemas"]["Hit"][];
            close_products?: components["schemas"]["Hit"][];
            facets: {
                [key: string]: {
                    value: string | number | boolean;
                    count: number;
                }[];
            };
            facet_stats?: {
                [key: string]: {
                    min: number | string;
                    max: number | string;
                    count: number;
                };
            };
            facet_ranges?: {
                [key: string]: {
                    from?: number | string;
                    to?: number | string;
                    count: number;
                }[];
            };
            category_tree?: components["schemas"]["CategoryNode"][];
            understood: {
                filters: string[];
                corrections: string[];
                synonyms: string[];
                readings: {
                    text: string;
                    start: number;
                    end: number;
                    filter: string;
                    strict: boolean;
                }[];
                relaxed: string[];
            };
            rules?: string[];
            redirect?: string;
            /** @enum {string} */
            mode: "hybrid" | "lexical";
            degraded?: string[];
            generation: string;
            took_ms: number;
            parts?: {
                [key: string]: number;
            };
        };
        SearchAnswer: {
            query: string;
            total: number;
            page: number;
            per_page: number;
            hits: components["schemas"]["Hit"][];
            close_products?: components["schemas"]["Hit"][];
            facets: {
                [key: string]: {
                    value: string | number | boolean;
                    count: number;
                }[];
            };
            facet_stats?: {
                [key: string]: {
                    min: number | string;
                    max: number | string;
                    count: number;
                };
            };
            facet_ranges?: {
                [key: string]: {
                    from?: number | string;
                    to?: number | string;
                    count: number;
                }[];
            };
            category_tree?: components["schemas"]["CategoryNode"][];
            understood: {
                filters: string[];
                corrections: string[];
                synonyms: string[];
                readings: {
                    text: string;
                    start: number;
                    end: number;
                    filter: string;
                    strict: boolean;
                }[];
                relaxed: string[];
            };
            rules?: string[];
            redirect?: string;
            /** @enum {string} */
            mode: "hybrid" | "lexical";
            degraded?: string[];
            generation: string;
            took_ms: number;
            parts?: {
                [key: string]: number;
            };
            /** @description Random, for each answer: events such as clicks name the search that they follow by it. */
            query_id: string;
            /** @description The experiment that this shopper takes part in, and the variant that answered. */
            experiment?: {
                name: string;
                variant: string;
            };
        };
        SimilarHit: {
            id: string;
            score: number;
            product: components["schemas"]["Product"];
            explain?: {
                /** @enum {string} */
                by: "meaning" | "words";
                similarity: number;
                /** @enum {string} */
                category: "same" | "sibling" | "learned" | "unknown" | "other";
                factors: {
                    category: number;
                    price: number;
                };
            };
        };
        SuggestAnswer: {
            query: string;
            suggestions: {
                /** @enum {string} */
                kind: "query" | "category" | "brand" | "value" | "product";
                text: string;
                filter?: string;
                id?: string;
                count?: number;
                highlights: [
                    number,
                    number
                ][];
            }[];
            took_ms: number;
        };
    };
    responses: {
        /** @description A parameter or the body is invalid; `errors` lists the fields. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No valid API key. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The scope or the filter of the API key does not allow this, or the request is a write from a page of another site. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The object does not exist. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The object has changed since it was read. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The media type of the body is not supported. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The idempotency key was used before for another request. */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The rate limit is exceeded; Retry-After says when to try again. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An unexpected error; the log of the service has the details. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Overloaded, shutting down or degraded. If there is a Retry-After header, try again after it. */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The disk is full. */
        InsufficientStorage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "live";
                    };
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                        /** @enum {string} */
                        mode: "hybrid" | "lexical";
                        generation: string | null;
                        products: number;
                        reasons: string[];
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                        /** @enum {string} */
                        mode: "hybrid" | "lexical";
                        generation: string | null;
                        products: number;
                        reasons: string[];
                    };
                };
            };
        };
    };
    search: {
        parameters: {
            query?: {
                /** @description The query as the shopper typed it. Empty: every product that passes the filter. */
                q?: string;
                /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                filter?: string;
                /** @description The facet values that the shopper selected, as a filter: parts joined by AND, one field each, for example brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. It filters as filter does, but the facet of a field ignores that field's own part. */
                refine?: string;
                /** @description The fields to count values of, for example brand,attributes.color; * for the most informative ones. */
                facets?: string;
                /** @description The number of values to list per facet, highest counts first. Default 100. */
                facet_limit?: number;
                /** @description A field and a prefix to find its values by, for example brand:ac. The facet lists only the values that match. */
                facet_query?: string;
                /** @description Count numbers by range: price:..20..50.. (below 20, 20 to below 50, 50 and above) or price:10 (at most ten ranges with round bounds). */
                facet_ranges?: string;
                /** @description The number of category levels to count as a tree. Counts include all levels below. */
                category_tree?: number;
                /** @description Return one hit per group_id: the variant that matches best. total, pages and facets then count groups. */
                group?: "0" | "1" | "true" | "false";
                /** @description active (the default), draft, archived, or all: the products to find, by their field status. */
                status?: "active" | "draft" | "archived" | "all";
                /** @description For example price:asc,rating:desc. Default: by relevance. */
                sort?: string;
                /** @description Starts at 1. */
                page?: number;
                /** @description Hits per page. Default 20, maximum 250. */
                per_page?: number;
                /** @description Read prices, negations and value names in q as filters. Default true. */
                understand?: "0" | "1" | "true" | "false";
                /** @description Interpretations of q to ignore, given as their filters: brand = 'Acme' AND price < 50. */
                ignore?: string;
                /** @description Correct mistyped words to the nearest words of the catalog. Default true. */
                correct?: "0" | "1" | "true" | "false";
                /** @description Explain the score of each hit. */
                explain?: "0" | "1" | "true" | "false";
                /** @description The fields of each product to return, for example title,price,attributes.color; attributes for all of them, * for all but _shelfwright, which holds what the enricher noted: evidence and confidence. Default: everything; for a key with the scope search, *. */
                fields?: string;
                /** @description If nothing matches, drop conditions until something does. understood.relaxed lists what was dropped. Default true. */
                relax?: "0" | "1" | "true" | "false";
                /** @description A random id of the shopper's browser. Only searches with it count in reports and experiments; it is stored hashed. */
                client_id?: string;
                /** @description A random id of the visit, where there is no client_id. */
                session_id?: string;
                /** @description What kind of screen the shopper has, as the page takes it; reports of experiments are split by it. */
                device?: "desktop" | "tablet" | "mobile";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    searchWithBody: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The query as the shopper typed it. Empty: every product that passes the filter. */
                    q?: string;
                    /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                    filter?: string;
                    /** @description The facet values that the shopper selected, as a filter: parts joined by AND, one field each, for example brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. It filters as filter does, but the facet of a field ignores that field's own part. */
                    refine?: string;
                    /** @description The fields to count values of, for example brand,attributes.color; * for the most informative ones. */
                    facets?: string[] | string;
                    /** @description The number of values to list per facet, highest counts first. Default 100. */
                    facet_limit?: number;
                    /** @description A field and a prefix to find its values by, for example brand:ac. The facet lists only the values that match. */
                    facet_query?: string;
                    /** @description Count numbers by range: price:..20..50.. (below 20, 20 to below 50, 50 and above) or price:10 (at most ten ranges with round bounds). */
                    facet_ranges?: string[] | string;
                    /** @description The number of category levels to count as a tree. Counts include all levels below. */
                    category_tree?: number;
                    /** @description Return one hit per group_id: the variant that matches best. total, pages and facets then count groups. */
                    group?: boolean;
                    /**
                     * @description active (the default), draft, archived, or all: the products to find, by their field status.
                     * @enum {string}
                     */
                    status?: "active" | "draft" | "archived" | "all";
                    /** @description For example price:asc,rating:desc. Default: by relevance. */
                    sort?: string[] | string;
                    /** @description Starts at 1. */
                    page?: number;
                    /** @description Hits per page. Default 20, maximum 250. */
                    per_page?: number;
                    /** @description Read prices, negations and value names in q as filters. Default true. */
                    understand?: boolean;
                    /** @description Interpretations of q to ignore, given as their filters: brand = 'Acme' AND price < 50. */
                    ignore?: string;
                    /** @description Correct mistyped words to the nearest words of the catalog. Default true. */
                    correct?: boolean;
                    /** @description Explain the score of each hit. */
                    explain?: boolean;
                    /** @description The fields of each product to return, for example title,price,attributes.color; attributes for all of them, * for all but _shelfwright, which holds what the enricher noted: evidence and confidence. Default: everything; for a key with the scope search, *. */
                    fields?: string[] | string;
                    /** @description If nothing matches, drop conditions until something does. understood.relaxed lists what was dropped. Default true. */
                    relax?: boolean;
                    /** @description A random id of the shopper's browser. Only searches with it count in reports and experiments; it is stored hashed. */
                    client_id?: string;
                    /** @description A random id of the visit, where there is no client_id. */
                    session_id?: string;
                    /**
                     * @description What kind of screen the shopper has, as the page takes it; reports of experiments are split by it.
                     * @enum {string}
                     */
                    device?: "desktop" | "tablet" | "mobile";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    multiSearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    searches: {
                        /** @description The query as the shopper typed it. Empty: every product that passes the filter. */
                        q?: string;
                        /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                        filter?: string;
                        /** @description The facet values that the shopper selected, as a filter: parts joined by AND, one field each, for example brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. It filters as filter does, but the facet of a field ignores that field's own part. */
                        refine?: string;
                        /** @description The fields to count values of, for example brand,attributes.color; * for the most informative ones. */
                        facets?: string[] | string;
                        /** @description The number of values to list per facet, highest counts first. Default 100. */
                        facet_limit?: number;
                        /** @description A field and a prefix to find its values by, for example brand:ac. The facet lists only the values that match. */
                        facet_query?: string;
                        /** @description Count numbers by range: price:..20..50.. (below 20, 20 to below 50, 50 and above) or price:10 (at most ten ranges with round bounds). */
                        facet_ranges?: string[] | string;
                        /** @description The number of category levels to count as a tree. Counts include all levels below. */
                        category_tree?: number;
                        /** @description Return one hit per group_id: the variant that matches best. total, pages and facets then count groups. */
                        group?: boolean;
                        /**
                         * @description active (the default), draft, archived, or all: the products to find, by their field status.
                         * @enum {string}
                         */
                        status?: "active" | "draft" | "archived" | "all";
                        /** @description For example price:asc,rating:desc. Default: by relevance. */
                        sort?: string[] | string;
                        /** @description Starts at 1. */
                        page?: number;
                        /** @description Hits per page. Default 20, maximum 250. */
                        per_page?: number;
                        /** @description Read prices, negations and value names in q as filters. Default true. */
                        understand?: boolean;
                        /** @description Interpretations of q to ignore, given as their filters: brand = 'Acme' AND price < 50. */
                        ignore?: string;
                        /** @description Correct mistyped words to the nearest words of the catalog. Default true. */
                        correct?: boolean;
                        /** @description Explain the score of each hit. */
                        explain?: boolean;
                        /** @description The fields of each product to return, for example title,price,attributes.color; attributes for all of them, * for all but _shelfwright, which holds what the enricher noted: evidence and confidence. Default: everything; for a key with the scope search, *. */
                        fields?: string[] | string;
                        /** @description If nothing matches, drop conditions until something does. understood.relaxed lists what was dropped. Default true. */
                        relax?: boolean;
                        /** @description A random id of the shopper's browser. Only searches with it count in reports and experiments; it is stored hashed. */
                        client_id?: string;
                        /** @description A random id of the visit, where there is no client_id. */
                        session_id?: string;
                        /**
                         * @description What kind of screen the shopper has, as the page takes it; reports of experiments are split by it.
                         * @enum {string}
                         */
                        device?: "desktop" | "tablet" | "mobile";
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["SearchAnswer"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    algoliaQueries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Always *. */
                index: "*";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    requests: ({
                        params?: string | {
                            [key: string]: unknown;
                        };
                        /** @description Any name; with /sort/price:asc at its end for hits in that order. */
                        indexName: string;
                        /** @enum {string} */
                        type?: "default" | "facet";
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: ({
                            hits: ({
                                objectID: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            nbHits: number;
                            /** @description From 0. */
                            page: number;
                            nbPages: number;
                            hitsPerPage: number;
                            facets?: {
                                [key: string]: {
                                    [key: string]: number;
                                };
                            };
                            facets_stats?: {
                                [key: string]: {
                                    min: number;
                                    max: number;
                                };
                            };
                            exhaustive: {
                                nbHits: boolean;
                                facetsCount: boolean;
                            };
                            exhaustiveNbHits: boolean;
                            exhaustiveFacetsCount: boolean;
                            query: string;
                            queryID: string;
                            params: string;
                            index: string;
                            renderingContent: {
                                redirect?: {
                                    url: string;
                                };
                            };
                            processingTimeMS: number;
                        } | {
                            facetHits: {
                                value: string;
                                highlighted: string;
                                count: number;
                            }[];
                            exhaustiveFacetsCount: boolean;
                            processingTimeMS: number;
                        })[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    algoliaFacetQuery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: string;
                /** @description An attribute, such as brand. */
                facet: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ({
                    params?: string | {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                }) | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        facetHits: {
                            value: string;
                            highlighted: string;
                            count: number;
                        }[];
                        exhaustiveFacetsCount: boolean;
                        processingTimeMS: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    suggest: {
        parameters: {
            query?: {
                /** @description The text typed so far. Empty: the most popular completions. */
                q?: string;
                /** @description Number of completions. Default 10, maximum 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSimilarProducts: {
        parameters: {
            query?: {
                /** @description Number of products. Default 10, maximum 100. */
                limit?: number;
                /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                filter?: string;
                /** @description Explain the score of each hit. */
                explain?: "0" | "1" | "true" | "false";
            };
            header?: never;
            path: {
                /** @description The merchant's own id, percent-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        hits: components["schemas"]["SimilarHit"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    findSimilar: {
        parameters: {
            query: {
                /** @description Number of products. Default 10, maximum 100. */
                limit?: number;
                /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                filter?: string;
                /** @description Explain the score of each hit. */
                explain?: "0" | "1" | "true" | "false";
                /** @description Ids with commas between. Use POST for ids that contain commas. */
                ids: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ids: string[];
                        hits: components["schemas"]["SimilarHit"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    findSimilarWithBody: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                    /** @default 10 */
                    limit?: number;
                    filter?: string;
                    /** @default false */
                    explain?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ids: string[];
                        hits: components["schemas"]["SimilarHit"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getComplements: {
        parameters: {
            query?: {
                /** @description Number of products. Default 10, maximum 50. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The merchant's own id, percent-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        hits: {
                            id: string;
                            /** @description From 0 to 1: at least this share of the orders with both would not be there by chance. */
                            score: number;
                            product: components["schemas"]["Product"];
                            explain: {
                                /** @description Orders with both. */
                                orders: number;
                                /** @description Orders with both, relative to those by chance. */
                                lift: number;
                                /** @description Lower bound of the lift, of all pairs at once. */
                                min_lift: number;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listFixes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fixes: {
                            /** @enum {string} */
                            kind: "no_results" | "no_clicks" | "never_clicked" | "empty_attribute";
                            subject: string;
                            count: number;
                            lost_revenue: number | null;
                            reason: string;
                            command: string;
                            page: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listRetrainings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Why it should be learned again; null where that is not due. */
                        due: string | null;
                        retrainings: {
                            at: string;
                            from: string;
                            searches: number;
                            queries: number;
                            left_out: number;
                            drift: {
                                clicked: [
                                    number,
                                    number
                                ];
                                empty: [
                                    number,
                                    number
                                ];
                                new_queries: number;
                            } | null;
                            /** @default null */
                            enrichment: {
                                queries: number;
                                ndcg_with: number;
                                ndcg_without: number;
                                low: number;
                                high: number;
                                empty_with: number;
                                empty_without: number;
                            } | null;
                            judged_queries: number;
                            judgments: number;
                            click_model: {
                                converged: boolean;
                                iterations: number;
                                examination: number[];
                            };
                            orders: number;
                            orders_cut: number;
                            pairs: number;
                            fixes: number;
                            weights: {
                                fitted_on: number;
                                held_out: number;
                                before: number;
                                after: number;
                                low: number;
                                high: number;
                                offered: boolean;
                                reason: string;
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startRetraining: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Days of events that count; default: 90. */
                    days?: number;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getProduct: {
        parameters: {
            query?: {
                /** @description `strip` for texts as searches show them: without tags, with decoded entities. */
                markup?: "keep" | "strip";
                /** @description The fields to return, for example title,price,attributes.color; * for all but _shelfwright. Default: everything; for a key with the scope search, *. */
                fields?: string;
            };
            header?: never;
            path: {
                /** @description The merchant's own id, percent-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The merchant's own id, percent-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product existed and is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    patchProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The merchant's own id, percent-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    price?: number;
                    stock?: number;
                    availability?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    upsertProducts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown[] | {
                    [key: string]: unknown;
                };
                "application/x-ndjson": unknown[] | {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: ({
                            id: string;
                            /** @enum {string} */
                            status: "created" | "updated" | "unchanged";
                        } | {
                            /** @description Position in the list or line number, from 1. */
                            row: number;
                            /** @enum {string} */
                            status: "refused";
                            field: string;
                            reason: string;
                        })[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    mergeProducts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown[] | {
                    [key: string]: unknown;
                };
                "application/x-ndjson": unknown[] | {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: ({
                            id: string;
                            /** @enum {string} */
                            status: "created" | "updated" | "unchanged";
                        } | {
                            /** @description Position in the list or line number, from 1. */
                            row: number;
                            /** @enum {string} */
                            status: "refused";
                            field: string;
                            reason: string;
                        })[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description The `next` of the answer before. */
                since?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            sequence: number;
                            /** @description The id of the product. */
                            id: string;
                            /**
                             * @description `content`: the product or its facts were written; `live`: only price, stock or another live field; `delete`: it is gone.
                             * @enum {string}
                             */
                            kind: "content" | "live" | "delete";
                        }[];
                        next: number;
                        more: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    addEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown[] | {
                    [key: string]: unknown;
                };
                "application/x-ndjson": unknown[] | {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: ({
                            /**
                             * @description `duplicate`: an event with this `event_attributes.event_id` was stored before.
                             * @enum {string}
                             */
                            status: "stored" | "duplicate";
                            /** @description Members that are not stored, because they may say who the shopper is. */
                            dropped?: string[];
                        } | {
                            /** @description Position in the list or line number, from 1. */
                            row: number;
                            /** @enum {string} */
                            status: "refused";
                            field: string;
                            reason: string;
                        })[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    algoliaEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events: unknown[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        status: 200;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        experiments: {
                            experiment: {
                                /** @description For example more-meaning. */
                                name: string;
                                /** @default  */
                                hypothesis: string;
                                /**
                                 * @description `ab`: each shopper gets one variant. `interleaving`: results mix the two variants, and clicks say which is better; needs far fewer shoppers, and says nothing about revenue.
                                 * @default ab
                                 * @enum {string}
                                 */
                                mode: "ab" | "interleaving";
                                /**
                                 * @description Share of the shoppers who take part, all variants together.
                                 * @default 0.2
                                 */
                                share: number;
                                /** @description The first one is what the others are compared with, usually what serves today. */
                                variants: {
                                    name: string;
                                    /** @description How searches differ from the configuration that serves. Default: not at all. */
                                    search: {
                                        /**
                                         * @description Whether to search by meaning too; false: by words only.
                                         * @default true
                                         */
                                        meaning: boolean;
                                        /**
                                         * @description Whether filled values count; false: as if nothing had been enriched.
                                         * @default true
                                         */
                                        facts: boolean;
                                        /**
                                         * @description Whether the merchandising rules and their synonyms apply.
                                         * @default true
                                         */
                                        rules: boolean;
                                        /**
                                         * @description Whether prices, negations and names of values in the query become filters.
                                         * @default true
                                         */
                                        understand: boolean;
                                        /**
                                         * @description Whether to correct the spelling of the query.
                                         * @default true
                                         */
                                        correct: boolean;
                                        /** @description Weights of the features of the ranking; features without one have their default. */
                                        weights?: {
                                            /** @default 0.6 */
                                            words: number;
                                            /** @default 0.2 */
                                            meaning: number;
                                            /** @default 0.2 */
                                            coverage: number;
                                            /** @default 3 */
                                            exact: number;
                                            /** @default 0.2 */
                                            brand: number;
                                            /** @default 0.5 */
                                            structure: number;
                                            /** @default 0.15 */
                                            feedbackSimilarity: number;
                                            /** @default 0.15 */
                                            category: number;
                                            /** @default 0.02 */
                                            popularity: number;
                                        };
                                        /**
                                         * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                                         * @enum {string}
                                         */
                                        popularity?: "catalog" | "learned";
                                        /** @description Spreads brands or categories over the first hundred places; null: not. */
                                        diversity?: {
                                            /**
                                             * @description Of what the first places show more different ones.
                                             * @enum {string}
                                             */
                                            by: "brand" | "category";
                                            /**
                                             * @description From 0, the order by score, to 1, as different as possible.
                                             * @default 0.3
                                             */
                                            strength: number;
                                        } | null;
                                        /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                                        exploration?: {
                                            /**
                                             * @description Share of the first hundred places that go to products shown rarely so far.
                                             * @default 0.1
                                             */
                                            share: number;
                                            /**
                                             * @description A product counts as new until it was looked at so often.
                                             * @default 100
                                             */
                                            max_shown: number;
                                        } | null;
                                        /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                                        imported?: string;
                                        /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                                        generation?: string;
                                    };
                                }[];
                                /**
                                 * @default click_through_rate
                                 * @enum {string}
                                 */
                                target: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                                /**
                                 * @default [
                                 *       {
                                 *         "metric": "empty_rate",
                                 *         "max_worse": 0.2
                                 *       },
                                 *       {
                                 *         "metric": "took_ms",
                                 *         "max_worse": 0.5
                                 *       },
                                 *       {
                                 *         "metric": "revenue_per_search",
                                 *         "max_worse": 0.1
                                 *       }
                                 *     ]
                                 */
                                guardrails: {
                                    /** @enum {string} */
                                    metric: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                                    /** @description By which share of the first variant it may be worse: 0.1 for 10 %. */
                                    max_worse: number;
                                }[];
                                /**
                                 * @description Number of shoppers at which the intervals are narrowest.
                                 * @default 10000
                                 */
                                planned_clients: number;
                            };
                            started: string;
                            /** @description null while it runs. */
                            stopped: string | null;
                            /** @description Why it stopped by itself; null if it did not. */
                            stop_reason: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For example more-meaning. */
                    name: string;
                    /** @default  */
                    hypothesis?: string;
                    /**
                     * @description `ab`: each shopper gets one variant. `interleaving`: results mix the two variants, and clicks say which is better; needs far fewer shoppers, and says nothing about revenue.
                     * @default ab
                     * @enum {string}
                     */
                    mode?: "ab" | "interleaving";
                    /**
                     * @description Share of the shoppers who take part, all variants together.
                     * @default 0.2
                     */
                    share?: number;
                    /** @description The first one is what the others are compared with, usually what serves today. */
                    variants: {
                        name: string;
                        /**
                         * @description How searches differ from the configuration that serves. Default: not at all.
                         * @default {}
                         */
                        search?: {
                            /**
                             * @description Whether to search by meaning too; false: by words only.
                             * @default true
                             */
                            meaning?: boolean;
                            /**
                             * @description Whether filled values count; false: as if nothing had been enriched.
                             * @default true
                             */
                            facts?: boolean;
                            /**
                             * @description Whether the merchandising rules and their synonyms apply.
                             * @default true
                             */
                            rules?: boolean;
                            /**
                             * @description Whether prices, negations and names of values in the query become filters.
                             * @default true
                             */
                            understand?: boolean;
                            /**
                             * @description Whether to correct the spelling of the query.
                             * @default true
                             */
                            correct?: boolean;
                            /** @description Weights of the features of the ranking; features without one have their default. */
                            weights?: {
                                /** @default 0.6 */
                                words?: number;
                                /** @default 0.2 */
                                meaning?: number;
                                /** @default 0.2 */
                                coverage?: number;
                                /** @default 3 */
                                exact?: number;
                                /** @default 0.2 */
                                brand?: number;
                                /** @default 0.5 */
                                structure?: number;
                                /** @default 0.15 */
                                feedbackSimilarity?: number;
                                /** @default 0.15 */
                                category?: number;
                                /** @default 0.02 */
                                popularity?: number;
                            };
                            /**
                             * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                             * @enum {string}
                             */
                            popularity?: "catalog" | "learned";
                            /** @description Spreads brands or categories over the first hundred places; null: not. */
                            diversity?: {
                                /**
                                 * @description Of what the first places show more different ones.
                                 * @enum {string}
                                 */
                                by: "brand" | "category";
                                /**
                                 * @description From 0, the order by score, to 1, as different as possible.
                                 * @default 0.3
                                 */
                                strength?: number;
                            } | null;
                            /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                            exploration?: {
                                /**
                                 * @description Share of the first hundred places that go to products shown rarely so far.
                                 * @default 0.1
                                 */
                                share?: number;
                                /**
                                 * @description A product counts as new until it was looked at so often.
                                 * @default 100
                                 */
                                max_shown?: number;
                            } | null;
                            /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                            imported?: string;
                            /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                            generation?: string;
                        };
                    }[];
                    /**
                     * @default click_through_rate
                     * @enum {string}
                     */
                    target?: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                    /**
                     * @default [
                     *       {
                     *         "metric": "empty_rate",
                     *         "max_worse": 0.2
                     *       },
                     *       {
                     *         "metric": "took_ms",
                     *         "max_worse": 0.5
                     *       },
                     *       {
                     *         "metric": "revenue_per_search",
                     *         "max_worse": 0.1
                     *       }
                     *     ]
                     */
                    guardrails?: {
                        /** @enum {string} */
                        metric: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                        /** @description By which share of the first variant it may be worse: 0.1 for 10 %. */
                        max_worse: number;
                    }[];
                    /**
                     * @description Number of shoppers at which the intervals are narrowest.
                     * @default 10000
                     */
                    planned_clients?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        experiment: {
                            /** @description For example more-meaning. */
                            name: string;
                            /** @default  */
                            hypothesis: string;
                            /**
                             * @description `ab`: each shopper gets one variant. `interleaving`: results mix the two variants, and clicks say which is better; needs far fewer shoppers, and says nothing about revenue.
                             * @default ab
                             * @enum {string}
                             */
                            mode: "ab" | "interleaving";
                            /**
                             * @description Share of the shoppers who take part, all variants together.
                             * @default 0.2
                             */
                            share: number;
                            /** @description The first one is what the others are compared with, usually what serves today. */
                            variants: {
                                name: string;
                                /** @description How searches differ from the configuration that serves. Default: not at all. */
                                search: {
                                    /**
                                     * @description Whether to search by meaning too; false: by words only.
                                     * @default true
                                     */
                                    meaning: boolean;
                                    /**
                                     * @description Whether filled values count; false: as if nothing had been enriched.
                                     * @default true
                                     */
                                    facts: boolean;
                                    /**
                                     * @description Whether the merchandising rules and their synonyms apply.
                                     * @default true
                                     */
                                    rules: boolean;
                                    /**
                                     * @description Whether prices, negations and names of values in the query become filters.
                                     * @default true
                                     */
                                    understand: boolean;
                                    /**
                                     * @description Whether to correct the spelling of the query.
                                     * @default true
                                     */
                                    correct: boolean;
                                    /** @description Weights of the features of the ranking; features without one have their default. */
                                    weights?: {
                                        /** @default 0.6 */
                                        words: number;
                                        /** @default 0.2 */
                                        meaning: number;
                                        /** @default 0.2 */
                                        coverage: number;
                                        /** @default 3 */
                                        exact: number;
                                        /** @default 0.2 */
                                        brand: number;
                                        /** @default 0.5 */
                                        structure: number;
                                        /** @default 0.15 */
                                        feedbackSimilarity: number;
                                        /** @default 0.15 */
                                        category: number;
                                        /** @default 0.02 */
                                        popularity: number;
                                    };
                                    /**
                                     * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                                     * @enum {string}
                                     */
                                    popularity?: "catalog" | "learned";
                                    /** @description Spreads brands or categories over the first hundred places; null: not. */
                                    diversity?: {
                                        /**
                                         * @description Of what the first places show more different ones.
                                         * @enum {string}
                                         */
                                        by: "brand" | "category";
                                        /**
                                         * @description From 0, the order by score, to 1, as different as possible.
                                         * @default 0.3
                                         */
                                        strength: number;
                                    } | null;
                                    /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                                    exploration?: {
                                        /**
                                         * @description Share of the first hundred places that go to products shown rarely so far.
                                         * @default 0.1
                                         */
                                        share: number;
                                        /**
                                         * @description A product counts as new until it was looked at so often.
                                         * @default 100
                                         */
                                        max_shown: number;
                                    } | null;
                                    /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                                    imported?: string;
                                    /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                                    generation?: string;
                                };
                            }[];
                            /**
                             * @default click_through_rate
                             * @enum {string}
                             */
                            target: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                            /**
                             * @default [
                             *       {
                             *         "metric": "empty_rate",
                             *         "max_worse": 0.2
                             *       },
                             *       {
                             *         "metric": "took_ms",
                             *         "max_worse": 0.5
                             *       },
                             *       {
                             *         "metric": "revenue_per_search",
                             *         "max_worse": 0.1
                             *       }
                             *     ]
                             */
                            guardrails: {
                                /** @enum {string} */
                                metric: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                                /** @description By which share of the first variant it may be worse: 0.1 for 10 %. */
                                max_worse: number;
                            }[];
                            /**
                             * @description Number of shoppers at which the intervals are narrowest.
                             * @default 10000
                             */
                            planned_clients: number;
                        };
                        started: string;
                        /** @description null while it runs. */
                        stopped: string | null;
                        /** @description Why it stopped by itself; null if it did not. */
                        stop_reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    estimateExperiment: {
        parameters: {
            query?: {
                /** @description The smallest relative change of the searches with a click to tell. */
                effect?: number;
                /** @description Share of the shoppers who take part. */
                share?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Days with searches of shoppers; 0 if there are none. */
                        days_measured: number;
                        clients_per_day: number;
                        click_through_rate: number;
                        fixed_clients: number | null;
                        /** @description With one look at the end; null where nothing is known. */
                        fixed_days: number | null;
                        sequential_clients: number | null;
                        /** @description Looking at any time. */
                        sequential_days: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listExperimentOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        offers: {
                            name: string;
                            title: string;
                            search: {
                                /**
                                 * @description Whether to search by meaning too; false: by words only.
                                 * @default true
                                 */
                                meaning: boolean;
                                /**
                                 * @description Whether filled values count; false: as if nothing had been enriched.
                                 * @default true
                                 */
                                facts: boolean;
                                /**
                                 * @description Whether the merchandising rules and their synonyms apply.
                                 * @default true
                                 */
                                rules: boolean;
                                /**
                                 * @description Whether prices, negations and names of values in the query become filters.
                                 * @default true
                                 */
                                understand: boolean;
                                /**
                                 * @description Whether to correct the spelling of the query.
                                 * @default true
                                 */
                                correct: boolean;
                                /** @description Weights of the features of the ranking; features without one have their default. */
                                weights?: {
                                    /** @default 0.6 */
                                    words: number;
                                    /** @default 0.2 */
                                    meaning: number;
                                    /** @default 0.2 */
                                    coverage: number;
                                    /** @default 3 */
                                    exact: number;
                                    /** @default 0.2 */
                                    brand: number;
                                    /** @default 0.5 */
                                    structure: number;
                                    /** @default 0.15 */
                                    feedbackSimilarity: number;
                                    /** @default 0.15 */
                                    category: number;
                                    /** @default 0.02 */
                                    popularity: number;
                                };
                                /**
                                 * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                                 * @enum {string}
                                 */
                                popularity?: "catalog" | "learned";
                                /** @description Spreads brands or categories over the first hundred places; null: not. */
                                diversity?: {
                                    /**
                                     * @description Of what the first places show more different ones.
                                     * @enum {string}
                                     */
                                    by: "brand" | "category";
                                    /**
                                     * @description From 0, the order by score, to 1, as different as possible.
                                     * @default 0.3
                                     */
                                    strength: number;
                                } | null;
                                /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                                exploration?: {
                                    /**
                                     * @description Share of the first hundred places that go to products shown rarely so far.
                                     * @default 0.1
                                     */
                                    share: number;
                                    /**
                                     * @description A product counts as new until it was looked at so often.
                                     * @default 100
                                     */
                                    max_shown: number;
                                } | null;
                                /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                                imported?: string;
                                /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                                generation?: string;
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listRankings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            version: number;
                            at: string;
                            by: string;
                            /** @description Where it comes from. */
                            note: string;
                            ranking: {
                                /** @description Weights of the features of the ranking; features without one have their default. */
                                weights?: {
                                    /** @default 0.6 */
                                    words: number;
                                    /** @default 0.2 */
                                    meaning: number;
                                    /** @default 0.2 */
                                    coverage: number;
                                    /** @default 3 */
                                    exact: number;
                                    /** @default 0.2 */
                                    brand: number;
                                    /** @default 0.5 */
                                    structure: number;
                                    /** @default 0.15 */
                                    feedbackSimilarity: number;
                                    /** @default 0.15 */
                                    category: number;
                                    /** @default 0.02 */
                                    popularity: number;
                                };
                                /**
                                 * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                                 * @enum {string}
                                 */
                                popularity?: "catalog" | "learned";
                                /** @description Spreads brands or categories over the first hundred places; null: not. */
                                diversity?: {
                                    /**
                                     * @description Of what the first places show more different ones.
                                     * @enum {string}
                                     */
                                    by: "brand" | "category";
                                    /**
                                     * @description From 0, the order by score, to 1, as different as possible.
                                     * @default 0.3
                                     */
                                    strength: number;
                                } | null;
                                /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                                exploration?: {
                                    /**
                                     * @description Share of the first hundred places that go to products shown rarely so far.
                                     * @default 0.1
                                     */
                                    share: number;
                                    /**
                                     * @description A product counts as new until it was looked at so often.
                                     * @default 100
                                     */
                                    max_shown: number;
                                } | null;
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    undoRanking: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Who decides, for the list of versions. */
                    by: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        at: string;
                        by: string;
                        /** @description Where it comes from. */
                        note: string;
                        ranking: {
                            /** @description Weights of the features of the ranking; features without one have their default. */
                            weights?: {
                                /** @default 0.6 */
                                words: number;
                                /** @default 0.2 */
                                meaning: number;
                                /** @default 0.2 */
                                coverage: number;
                                /** @default 3 */
                                exact: number;
                                /** @default 0.2 */
                                brand: number;
                                /** @default 0.5 */
                                structure: number;
                                /** @default 0.15 */
                                feedbackSimilarity: number;
                                /** @default 0.15 */
                                category: number;
                                /** @default 0.02 */
                                popularity: number;
                            };
                            /**
                             * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                             * @enum {string}
                             */
                            popularity?: "catalog" | "learned";
                            /** @description Spreads brands or categories over the first hundred places; null: not. */
                            diversity?: {
                                /**
                                 * @description Of what the first places show more different ones.
                                 * @enum {string}
                                 */
                                by: "brand" | "category";
                                /**
                                 * @description From 0, the order by score, to 1, as different as possible.
                                 * @default 0.3
                                 */
                                strength: number;
                            } | null;
                            /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                            exploration?: {
                                /**
                                 * @description Share of the first hundred places that go to products shown rarely so far.
                                 * @default 0.1
                                 */
                                share: number;
                                /**
                                 * @description A product counts as new until it was looked at so often.
                                 * @default 100
                                 */
                                max_shown: number;
                            } | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    adoptExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Who decides, for the list of versions. */
                    by: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        at: string;
                        by: string;
                        /** @description Where it comes from. */
                        note: string;
                        ranking: {
                            /** @description Weights of the features of the ranking; features without one have their default. */
                            weights?: {
                                /** @default 0.6 */
                                words: number;
                                /** @default 0.2 */
                                meaning: number;
                                /** @default 0.2 */
                                coverage: number;
                                /** @default 3 */
                                exact: number;
                                /** @default 0.2 */
                                brand: number;
                                /** @default 0.5 */
                                structure: number;
                                /** @default 0.15 */
                                feedbackSimilarity: number;
                                /** @default 0.15 */
                                category: number;
                                /** @default 0.02 */
                                popularity: number;
                            };
                            /**
                             * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                             * @enum {string}
                             */
                            popularity?: "catalog" | "learned";
                            /** @description Spreads brands or categories over the first hundred places; null: not. */
                            diversity?: {
                                /**
                                 * @description Of what the first places show more different ones.
                                 * @enum {string}
                                 */
                                by: "brand" | "category";
                                /**
                                 * @description From 0, the order by score, to 1, as different as possible.
                                 * @default 0.3
                                 */
                                strength: number;
                            } | null;
                            /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                            exploration?: {
                                /**
                                 * @description Share of the first hundred places that go to products shown rarely so far.
                                 * @default 0.1
                                 */
                                share: number;
                                /**
                                 * @description A product counts as new until it was looked at so often.
                                 * @default 100
                                 */
                                max_shown: number;
                            } | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    stopExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        experiment: {
                            /** @description For example more-meaning. */
                            name: string;
                            /** @default  */
                            hypothesis: string;
                            /**
                             * @description `ab`: each shopper gets one variant. `interleaving`: results mix the two variants, and clicks say which is better; needs far fewer shoppers, and says nothing about revenue.
                             * @default ab
                             * @enum {string}
                             */
                            mode: "ab" | "interleaving";
                            /**
                             * @description Share of the shoppers who take part, all variants together.
                             * @default 0.2
                             */
                            share: number;
                            /** @description The first one is what the others are compared with, usually what serves today. */
                            variants: {
                                name: string;
                                /** @description How searches differ from the configuration that serves. Default: not at all. */
                                search: {
                                    /**
                                     * @description Whether to search by meaning too; false: by words only.
                                     * @default true
                                     */
                                    meaning: boolean;
                                    /**
                                     * @description Whether filled values count; false: as if nothing had been enriched.
                                     * @default true
                                     */
                                    facts: boolean;
                                    /**
                                     * @description Whether the merchandising rules and their synonyms apply.
                                     * @default true
                                     */
                                    rules: boolean;
                                    /**
                                     * @description Whether prices, negations and names of values in the query become filters.
                                     * @default true
                                     */
                                    understand: boolean;
                                    /**
                                     * @description Whether to correct the spelling of the query.
                                     * @default true
                                     */
                                    correct: boolean;
                                    /** @description Weights of the features of the ranking; features without one have their default. */
                                    weights?: {
                                        /** @default 0.6 */
                                        words: number;
                                        /** @default 0.2 */
                                        meaning: number;
                                        /** @default 0.2 */
                                        coverage: number;
                                        /** @default 3 */
                                        exact: number;
                                        /** @default 0.2 */
                                        brand: number;
                                        /** @default 0.5 */
                                        structure: number;
                                        /** @default 0.15 */
                                        feedbackSimilarity: number;
                                        /** @default 0.15 */
                                        category: number;
                                        /** @default 0.02 */
                                        popularity: number;
                                    };
                                    /**
                                     * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                                     * @enum {string}
                                     */
                                    popularity?: "catalog" | "learned";
                                    /** @description Spreads brands or categories over the first hundred places; null: not. */
                                    diversity?: {
                                        /**
                                         * @description Of what the first places show more different ones.
                                         * @enum {string}
                                         */
                                        by: "brand" | "category";
                                        /**
                                         * @description From 0, the order by score, to 1, as different as possible.
                                         * @default 0.3
                                         */
                                        strength: number;
                                    } | null;
                                    /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                                    exploration?: {
                                        /**
                                         * @description Share of the first hundred places that go to products shown rarely so far.
                                         * @default 0.1
                                         */
                                        share: number;
                                        /**
                                         * @description A product counts as new until it was looked at so often.
                                         * @default 100
                                         */
                                        max_shown: number;
                                    } | null;
                                    /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                                    imported?: string;
                                    /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                                    generation?: string;
                                };
                            }[];
                            /**
                             * @default click_through_rate
                             * @enum {string}
                             */
                            target: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                            /**
                             * @default [
                             *       {
                             *         "metric": "empty_rate",
                             *         "max_worse": 0.2
                             *       },
                             *       {
                             *         "metric": "took_ms",
                             *         "max_worse": 0.5
                             *       },
                             *       {
                             *         "metric": "revenue_per_search",
                             *         "max_worse": 0.1
                             *       }
                             *     ]
                             */
                            guardrails: {
                                /** @enum {string} */
                                metric: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                                /** @description By which share of the first variant it may be worse: 0.1 for 10 %. */
                                max_worse: number;
                            }[];
                            /**
                             * @description Number of shoppers at which the intervals are narrowest.
                             * @default 10000
                             */
                            planned_clients: number;
                        };
                        started: string;
                        /** @description null while it runs. */
                        stopped: string | null;
                        /** @description Why it stopped by itself; null if it did not. */
                        stop_reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    reportExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        /** @enum {string} */
                        mode: "ab" | "interleaving";
                        /** @enum {string} */
                        target: "click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms";
                        started: string;
                        stopped: string | null;
                        readonly variants: {
                            name: string;
                            clients: number;
                            searches: number;
                            metrics: {
                                [key: string]: number | null;
                            };
                            /** @description From the first variant, in the metric itself. */
                            differences?: {
                                [key: string]: {
                                    value: number | null;
                                    low: number | null;
                                    high: number | null;
                                };
                            };
                            /** @enum {string} */
                            outcome?: "better" | "worse" | "no_difference" | "too_early" | "broken" | "guardrail";
                            readonly broken_guardrails: ("click_through_rate" | "add_to_cart_rate" | "conversion_rate" | "revenue_per_search" | "average_order_value" | "empty_rate" | "seconds_to_click" | "took_ms")[];
                        }[];
                        preference: {
                            value: number | null;
                            low: number | null;
                            high: number | null;
                        } | null;
                        /** @description The target by segment: new or returning shoppers, device if sent, category of what was found. */
                        readonly segments: {
                            /** @enum {string} */
                            kind: "shopper" | "device" | "category";
                            name: string;
                            readonly variants: {
                                name: string;
                                clients: number;
                                value: number | null;
                                difference: {
                                    value: number | null;
                                    low: number | null;
                                    high: number | null;
                                } | null;
                            }[];
                        }[];
                        baseline: {
                            /** @description ISO 8601; it ends where the experiment begins. */
                            from: string;
                            clients: number;
                            searches: number;
                            metrics: {
                                [key: string]: number | null;
                            };
                        } | null;
                        stop_reason: string | null;
                        /** @enum {string} */
                        outcome: "better" | "worse" | "no_difference" | "too_early" | "broken" | "guardrail";
                        verdict: string;
                        next_step: string;
                        readonly curve: {
                            at: string;
                            readonly estimates: {
                                value: number | null;
                                low: number | null;
                                high: number | null;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    enrichProducts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown[] | {
                    [key: string]: unknown;
                };
                "application/x-ndjson": unknown[] | {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: (({
                            id: string;
                            title?: string;
                            description?: string;
                            brand?: string;
                            category?: string;
                            price?: number;
                            currency?: string;
                            availability?: string;
                            stock?: number;
                            url?: string;
                            image?: string;
                            gtin?: string;
                            group_id?: string;
                            attributes?: {
                                [key: string]: (string | number | boolean) | (string | number | boolean)[];
                            };
                            _shelfwright: {
                                facts: components["schemas"]["Fact"][];
                            };
                        } & {
                            [key: string]: unknown;
                        }) | {
                            /** @description Position in the list or line number, from 1. */
                            row: number;
                            /** @enum {string} */
                            status: "refused";
                            field: string;
                            reason: string;
                        })[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    startEnrichment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Fill only these: category, color. */
                    fields?: string[];
                    /** @description Fill only products that pass, such as price > 50. */
                    where?: string;
                    /**
                     * @description Whether more applied values than the checks allow may become suggestions again.
                     * @default false
                     */
                    allow_unapply?: boolean;
                } | null;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listSuggestions: {
        parameters: {
            query?: {
                /** @description For example category or attributes.color. */
                field?: string;
                /** @description A category path: only products of this category or below it. For suggested categories, the suggested value counts. */
                category?: string;
                min_confidence?: number;
                max_confidence?: number;
                /** @description Starts at 1. */
                page?: number;
                /** @description Default 20, maximum 250. */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Groups over all pages. */
                        total: number;
                        /** @description Suggestions in all groups. */
                        suggestions: number;
                        /** @description What is open by field, whatever the parameter field says; most suggestions first. */
                        fields: {
                            field: string;
                            groups: number;
                            suggestions: number;
                        }[];
                        page: number;
                        per_page: number;
                        groups: {
                            /** @description Stable: the same field, value and reason give the same id in every run. */
                            group: string;
                            field: string;
                            value: (string | number | boolean) | (string | number | boolean)[];
                            reason: {
                                method: string;
                                field?: string;
                                text?: string;
                                rule?: string;
                                /** @description The reason as a clause. */
                                says: string;
                            };
                            count: number;
                            confidence: {
                                min: number;
                                max: number;
                                mean: number;
                            };
                            /** @description Send it back as `shown` with a decision: the decision fails with 409 if the group has changed since. */
                            state: string;
                            /** @description Sort key, descending: the expected number of correct values; a category counts three times. */
                            worth: number;
                            examples: {
                                id: string;
                                title: string;
                                confidence: number;
                                /** @description The words that state the value, with the text around them. */
                                quoted?: {
                                    field: string;
                                    /** @description In the text of the field, in UTF-16 units. */
                                    start: number;
                                    end: number;
                                    before: string;
                                    quote: string;
                                    after: string;
                                };
                                /** @description The most similar labelled products. */
                                neighbours?: {
                                    id: string;
                                    title: string;
                                    value: (string | number | boolean) | (string | number | boolean)[];
                                    similarity: number;
                                }[];
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSuggestionGroup: {
        parameters: {
            query?: {
                /** @description A category path: only products of this category or below it. For suggested categories, the suggested value counts. */
                category?: string;
                min_confidence?: number;
                max_confidence?: number;
                /** @description Starts at 1. */
                page?: number;
                /** @description Default 20, maximum 250. */
                per_page?: number;
            };
            header?: never;
            path: {
                /** @description A group from /v1/suggestions. */
                group: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Stable: the same field, value and reason give the same id in every run. */
                        group: string;
                        field: string;
                        value: (string | number | boolean) | (string | number | boolean)[];
                        reason: {
                            method: string;
                            field?: string;
                            text?: string;
                            rule?: string;
                            /** @description The reason as a clause. */
                            says: string;
                        };
                        count: number;
                        confidence: {
                            min: number;
                            max: number;
                            mean: number;
                        };
                        /** @description Send it back as `shown` with a decision: the decision fails with 409 if the group has changed since. */
                        state: string;
                        page: number;
                        per_page: number;
                        /** @description Products of the group that speak against the value, the strongest first; at most three. */
                        counter_examples: {
                            id: string;
                            title: string;
                            confidence: number;
                            /** @description The words that state the value, with the text around them. */
                            quoted?: {
                                field: string;
                                /** @description In the text of the field, in UTF-16 units. */
                                start: number;
                                end: number;
                                before: string;
                                quote: string;
                                after: string;
                            };
                            /** @description The most similar labelled products. */
                            neighbours?: {
                                id: string;
                                title: string;
                                value: (string | number | boolean) | (string | number | boolean)[];
                                similarity: number;
                            }[];
                            /**
                             * @description Its title names another value; its text does not name the value that a classifier chose; or it is the least sure.
                             * @enum {string}
                             */
                            against: "says_other" | "not_said" | "least_sure";
                            /** @description The same as a clause. */
                            says: string;
                        }[];
                        products: {
                            id: string;
                            title: string;
                            confidence: number;
                            /** @description The words that state the value, with the text around them. */
                            quoted?: {
                                field: string;
                                /** @description In the text of the field, in UTF-16 units. */
                                start: number;
                                end: number;
                                before: string;
                                quote: string;
                                after: string;
                            };
                            /** @description The most similar labelled products. */
                            neighbours?: {
                                id: string;
                                title: string;
                                value: (string | number | boolean) | (string | number | boolean)[];
                                similarity: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listFieldValues: {
        parameters: {
            query?: {
                /** @description Words that a value must contain. */
                q?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description For example category or attributes.color. */
                field: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        field: string;
                        /** @enum {string} */
                        type: "category" | "enum" | "number+unit" | "boolean" | "text";
                        unit?: string;
                        /** @description Whether values that are not listed are accepted, as far as they are of the type. */
                        open: boolean;
                        /** @description Listed values that match, over the limit too. */
                        total: number;
                        values: (string | boolean)[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    decideSuggestions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    decisions: {
                        /** @enum {string} */
                        action: "accept" | "reject" | "correct" | "undo";
                        /** @description A group of /v1/suggestions; or else product and field. */
                        group?: string;
                        /** @description The id of one product. */
                        product?: string;
                        /** @description Such as category or attributes.color. */
                        field?: string;
                        /** @description With correct: the value that it should be. */
                        value?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description Ids of the group to leave undecided. */
                        except?: string[];
                        /** @description What you saw: of a group its state, its count or the ids decided about; of a product the value. If it is something else by now, the answer is 409. */
                        shown?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description As the list was narrowed. */
                        category?: string;
                        min_confidence?: number;
                        max_confidence?: number;
                        /** @description With undo: the decision to take back. */
                        decision?: number;
                    }[];
                    /** @description Who decides, as it goes into the log. */
                    by: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decisions: {
                            /** @description Its number in /v1/decisions; use it to undo the decision. */
                            decision: number;
                            /** @enum {string} */
                            action: "accept" | "reject" | "correct" | "undo";
                            field: string;
                            value: (string | number | boolean) | (string | number | boolean)[];
                            corrected?: (string | number | boolean) | (string | number | boolean)[];
                            undoes?: number;
                            /** @description The number of products that the decision settled. */
                            settled: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listDecisions: {
        parameters: {
            query?: {
                /** @description Starts at 1. */
                page?: number;
                /** @description Default 20, maximum 250. */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        page: number;
                        per_page: number;
                        decisions: {
                            decision: number;
                            at: string;
                            by: string;
                            /** @enum {string} */
                            action: "accept" | "reject" | "correct" | "undo";
                            field: string;
                            value: (string | number | boolean) | (string | number | boolean)[];
                            corrected?: (string | number | boolean) | (string | number | boolean)[];
                            undoes?: number;
                            undone_by?: number;
                            group?: string;
                            state?: string;
                            settled: number;
                            /** @description What the person saw when deciding. */
                            shown: unknown;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getDecision: {
        parameters: {
            query?: {
                /** @description Starts at 1. */
                page?: number;
                /** @description Default 20, maximum 250. */
                per_page?: number;
            };
            header?: never;
            path: {
                /** @description A number from /v1/decisions. */
                decision: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decision: number;
                        at: string;
                        by: string;
                        /** @enum {string} */
                        action: "accept" | "reject" | "correct" | "undo";
                        field: string;
                        value: (string | number | boolean) | (string | number | boolean)[];
                        corrected?: (string | number | boolean) | (string | number | boolean)[];
                        undoes?: number;
                        undone_by?: number;
                        group?: string;
                        state?: string;
                        settled: number;
                        /** @description What the person saw when deciding. */
                        shown: unknown;
                        page: number;
                        per_page: number;
                        products: {
                            id: string;
                            /** @description The facts of the field before the decision, the one decided about first. */
                            before: unknown[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSynonymSuggestions: {
        parameters: {
            query?: {
                /** @description Number of queries to examine, most frequent first. Default 20, maximum 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        suggestions: {
                            line: string;
                            query: string;
                            searches: number;
                            nearest: {
                                text: string;
                                /** @enum {string} */
                                kind: "category" | "value" | "word";
                                products: number;
                                similarity: number;
                            }[];
                            asked: {
                                query: string;
                                searches: number;
                                found: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 0 before the first publication. */
                        version: number;
                        published_at?: string;
                        by?: string;
                        note: string;
                        /** @description The text as published. */
                        text: string;
                        /** @description What is wrong with the rules on the current catalog. */
                        findings: {
                            /** @enum {string} */
                            severity: "error" | "warning";
                            kind: string;
                            where: string;
                            message: string;
                            /** @description Line of the text, from 1. */
                            line?: number;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    publishRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rules as an object, or as a text of YAML. */
                    rules: string | {
                        [key: string]: unknown;
                    };
                    /** @description Who publishes, for the list of versions. */
                    by: string;
                    note?: string;
                    /** @description The version that these rules are based on: 409 if another version is current. */
                    if_version?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 0 before the first publication. */
                        version: number;
                        published_at?: string;
                        by?: string;
                        note: string;
                        /** @description The text as published. */
                        text: string;
                        /** @description What is wrong with the rules on the current catalog. */
                        findings: {
                            /** @enum {string} */
                            severity: "error" | "warning";
                            kind: string;
                            where: string;
                            message: string;
                            /** @description Line of the text, from 1. */
                            line?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listRuleVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            /** @description 0 before the first publication. */
                            version: number;
                            published_at?: string;
                            by?: string;
                            note: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getRuleVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 0 before the first publication. */
                        version: number;
                        published_at?: string;
                        by?: string;
                        note: string;
                        text: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    lintRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rules as an object, or as a text of YAML. */
                    rules: string | {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rules: number;
                        errors: number;
                        warnings: number;
                        findings: {
                            /** @enum {string} */
                            severity: "error" | "warning";
                            kind: string;
                            where: string;
                            message: string;
                            /** @description Line of the text, from 1. */
                            line?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    previewRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rules as an object, or as a text of YAML. */
                    rules: string | {
                        [key: string]: unknown;
                    };
                    search: {
                        /** @description The query as the shopper typed it. Empty: every product that passes the filter. */
                        q?: string;
                        /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                        filter?: string;
                        /** @description The facet values that the shopper selected, as a filter: parts joined by AND, one field each, for example brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. It filters as filter does, but the facet of a field ignores that field's own part. */
                        refine?: string;
                        /** @description The fields to count values of, for example brand,attributes.color; * for the most informative ones. */
                        facets?: string[] | string;
                        /** @description The number of values to list per facet, highest counts first. Default 100. */
                        facet_limit?: number;
                        /** @description A field and a prefix to find its values by, for example brand:ac. The facet lists only the values that match. */
                        facet_query?: string;
                        /** @description Count numbers by range: price:..20..50.. (below 20, 20 to below 50, 50 and above) or price:10 (at most ten ranges with round bounds). */
                        facet_ranges?: string[] | string;
                        /** @description The number of category levels to count as a tree. Counts include all levels below. */
                        category_tree?: number;
                        /** @description Return one hit per group_id: the variant that matches best. total, pages and facets then count groups. */
                        group?: boolean;
                        /**
                         * @description active (the default), draft, archived, or all: the products to find, by their field status.
                         * @enum {string}
                         */
                        status?: "active" | "draft" | "archived" | "all";
                        /** @description For example price:asc,rating:desc. Default: by relevance. */
                        sort?: string[] | string;
                        /** @description Starts at 1. */
                        page?: number;
                        /** @description Hits per page. Default 20, maximum 250. */
                        per_page?: number;
                        /** @description Read prices, negations and value names in q as filters. Default true. */
                        understand?: boolean;
                        /** @description Interpretations of q to ignore, given as their filters: brand = 'Acme' AND price < 50. */
                        ignore?: string;
                        /** @description Correct mistyped words to the nearest words of the catalog. Default true. */
                        correct?: boolean;
                        /** @description Explain the score of each hit. */
                        explain?: boolean;
                        /** @description The fields of each product to return, for example title,price,attributes.color; attributes for all of them, * for all but _shelfwright, which holds what the enricher noted: evidence and confidence. Default: everything; for a key with the scope search, *. */
                        fields?: string[] | string;
                        /** @description If nothing matches, drop conditions until something does. understood.relaxed lists what was dropped. Default true. */
                        relax?: boolean;
                    };
                    /**
                     * Format: date-time
                     * @description The time at which to evaluate the given rules. Default: now.
                     */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        findings: {
                            /** @enum {string} */
                            severity: "error" | "warning";
                            kind: string;
                            where: string;
                            message: string;
                            /** @description Line of the text, from 1. */
                            line?: number;
                        }[];
                        now: components["schemas"]["RuledAnswer"];
                        with_rules: components["schemas"]["RuledAnswer"];
                        changes: {
                            in: {
                                id: string;
                                /** @description From 1, over all pages. */
                                to: number;
                            }[];
                            out: {
                                id: string;
                                /** @description From 1, over all pages. */
                                from: number;
                            }[];
                            moved: {
                                id: string;
                                /** @description From 1, over all pages. */
                                from: number;
                                /** @description From 1, over all pages. */
                                to: number;
                            }[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    rollBackRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The version to publish again; 0 for no rules. */
                    to: number;
                    /** @description Who publishes, for the list of versions. */
                    by: string;
                    note?: string;
                    /** @description The version that these rules are based on: 409 if another version is current. */
                    if_version?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 0 before the first publication. */
                        version: number;
                        published_at?: string;
                        by?: string;
                        note: string;
                        /** @description The text as published. */
                        text: string;
                        /** @description What is wrong with the rules on the current catalog. */
                        findings: {
                            /** @enum {string} */
                            severity: "error" | "warning";
                            kind: string;
                            where: string;
                            message: string;
                            /** @description Line of the text, from 1. */
                            line?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listSpellings: {
        parameters: {
            query?: {
                /** @description Only these fields, such as brand,attributes.color. */
                fields?: string;
                /** @description spelling: another spelling or an alias of the value; typo: one letter off a frequent value; unit: a measure in another unit. Default: spelling,typo. */
                kinds?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readonly clusters: {
                            field: string;
                            /** @description What the values should be. */
                            value: string;
                            readonly spellings: {
                                text: string;
                                /** @enum {string} */
                                kind: "spelling" | "typo" | "unit";
                                count: number;
                            }[];
                            /** @description Number of values to change. */
                            count: number;
                            /** @description Number of values that are written so already. */
                            uses: number;
                        }[];
                        /** @description The changes made, newest first. */
                        runs: {
                            run: number;
                            at: string;
                            by: string;
                            changes: number;
                            undone: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSpellingRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The changes made, newest first. */
                        runs: {
                            run: number;
                            at: string;
                            by: string;
                            changes: number;
                            undone: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    applySpellings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only these fields, such as brand and attributes.color. */
                    fields?: string[] | string;
                    /** @description spelling: another spelling or an alias of the value; typo: one letter off a frequent value; unit: a measure in another unit. Default: spelling,typo. */
                    kinds?: string[] | string;
                    /** @description Change exactly these values, instead of those that the audit suggests. */
                    changes?: {
                        field: string;
                        from: string;
                        to: string;
                    }[];
                    /**
                     * @description Whether only to count what would change. Default: true.
                     * @default true
                     */
                    preview?: boolean;
                    /** @description Who changes the values, for the list of runs. */
                    by: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readonly clusters: {
                            field: string;
                            /** @description What the values should be. */
                            value: string;
                            readonly spellings: {
                                text: string;
                                /** @enum {string} */
                                kind: "spelling" | "typo" | "unit";
                                count: number;
                            }[];
                            /** @description Number of values to change. */
                            count: number;
                            /** @description Number of values that are written so already. */
                            uses: number;
                        }[];
                        products: number;
                        values: number;
                        /** @description Use it to undo the change; null if nothing changed. */
                        run: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    undoSpellings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    run: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        run: number;
                        restored: number;
                        /** @description Values that were changed since: they stay. */
                        kept: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The audit that waits or runs. */
                        running: components["schemas"]["Job"] | null;
                        /** @description The last audit that is done; its report has the counts. */
                        latest: components["schemas"]["Job"] | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startAudit: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listFindings: {
        parameters: {
            query: {
                kind: "category" | "contradiction" | "impossible" | "vocabulary";
                /** @description From 1. */
                page?: number;
                /** @description Default: 25. */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        page: number;
                        per_page: number;
                        findings: {
                            /** @enum {string} */
                            kind: "category" | "contradiction" | "impossible" | "vocabulary";
                            id: string;
                            field: string | null;
                            value: ((string | number | boolean) | (string | number | boolean)[]) | null;
                            /** @description The problem as a phrase that follows the id. */
                            message: string;
                            suggestion: ((string | number | boolean) | (string | number | boolean)[]) | null;
                            /** @description Whether the value was changed since the audit. */
                            changed: boolean;
                            /** @description As it is now; null if it was deleted since. */
                            product: components["schemas"]["Product"] | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listDuplicates: {
        parameters: {
            query?: {
                /** @description From 1. */
                page?: number;
                /** @description Default: 25. */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        page: number;
                        per_page: number;
                        duplicates: {
                            ids: string[];
                            /** @description Probability that both are the same thing. */
                            score: number;
                            reason: string;
                            /** @description As they are now; null if deleted since. */
                            products: (components["schemas"]["Product"] | null)[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listDuplicateClusters: {
        parameters: {
            query?: {
                /** @description From 1. */
                page?: number;
                /** @description Default: 25. */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        page: number;
                        per_page: number;
                        clusters: {
                            ids: string[];
                            /** @description The one with the most values; null if fewer than two are on sale. */
                            keep: string | null;
                            pairs: {
                                ids: string[];
                                score: number;
                                reason: string;
                            }[];
                            /** @description As they are now, with filled values; null if deleted since. */
                            products: (components["schemas"]["Product"] | null)[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeDuplicates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    removals: {
                        /** @description The product of the cluster that stays. */
                        keep: string;
                        remove: string[];
                    }[];
                    /**
                     * @description Archived products stay stored, and searches do not find them. Default: archive.
                     * @default archive
                     * @enum {string}
                     */
                    how?: "archive" | "delete";
                    /**
                     * @description Whether only to count what would go. Default: true.
                     * @default true
                     */
                    preview?: boolean;
                    /** @description Who removes them, for the list of runs. */
                    by: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        products: number;
                        values: number;
                        /** @description POST /v1/spellings/undo undoes it; null if nothing changed. */
                        run: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    correctCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    corrections: {
                        id: string;
                        category: string;
                    }[];
                    /**
                     * @description Whether only to count what would change. Default: true.
                     * @default true
                     */
                    preview?: boolean;
                    /** @description Who changes the values, for the list of runs. */
                    by: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        products: number;
                        values: number;
                        /** @description POST /v1/spellings/undo undoes it; null if nothing changed. */
                        run: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getTaxonomy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Null if no taxonomy governs yet. */
                        version: string | null;
                        owner: string | null;
                        categories: {
                            id: string;
                            name: string;
                            parent: string | null;
                            /** @description Products filed under it itself, not under a narrower category. */
                            products: number;
                        }[];
                        /** @description The latest publications, newest first; the newest can be undone. */
                        migrations: {
                            id: number;
                            from: string;
                            to: string;
                            at: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        path: string;
                        aliases: string[];
                        attributes: {
                            id: string;
                            name: string;
                            type: string;
                            aliases: string[];
                            required: boolean;
                            unit: string | null;
                            values: {
                                name: string;
                                aliases: string[];
                            }[];
                            /** @description At most 1000 values are listed. */
                            value_count: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listProposals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposals: {
                            attribute: string;
                            /** @description Name of the attribute. */
                            name: string;
                            value: string;
                            /** @description Number of products with the value. */
                            count: number;
                            examples: string[];
                            /** @description The listed value that is most like it. */
                            nearest: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTaxonomyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: {
                            /** @description In words, in their order. */
                            edits: string[];
                            /** @description Changes with each edit. */
                            revision: string;
                            /** @description Another taxonomy governs by now; the draft can only be discarded. */
                            outdated: boolean;
                            /** @description Name of the next version, unless another one is given. */
                            version: string | null;
                            /** @description All errors, and the warnings that the draft adds. */
                            findings: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                rule: string;
                                where: string;
                                message: string;
                            }[];
                            /** @description The difference to the version that governs. */
                            changes: string[];
                        } | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    discardTaxonomyDraft: {
        parameters: {
            query?: {
                /** @description The revision of the draft that this is based on, none for no draft: 409 if it is another one. */
                if_revision?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: {
                            /** @description In words, in their order. */
                            edits: string[];
                            /** @description Changes with each edit. */
                            revision: string;
                            /** @description Another taxonomy governs by now; the draft can only be discarded. */
                            outdated: boolean;
                            /** @description Name of the next version, unless another one is given. */
                            version: string | null;
                            /** @description All errors, and the warnings that the draft adds. */
                            findings: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                rule: string;
                                where: string;
                                message: string;
                            }[];
                            /** @description The difference to the version that governs. */
                            changes: string[];
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    countDraftProducts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In the order of the edits. */
                        edits: number[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    editTaxonomy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    edits: ({
                        /** @enum {string} */
                        kind: "add-category";
                        /** @description One level, without ">". */
                        name: string;
                        /** @description Id of the category that it is in; null for the top. */
                        parent: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "move-category";
                        category: string;
                        parent: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "attribute-type";
                        attribute: string;
                        /** @enum {string} */
                        type: "enum" | "number+unit" | "boolean" | "text";
                        /** @description Of a number. */
                        unit?: string;
                    } | {
                        /** @enum {string} */
                        kind: "rename-category";
                        category: string;
                        to: string;
                    } | {
                        /** @enum {string} */
                        kind: "category-aliases";
                        category: string;
                        aliases: string[];
                    } | {
                        /** @enum {string} */
                        kind: "rename-attribute";
                        attribute: string;
                        to: string;
                    } | {
                        /** @enum {string} */
                        kind: "attribute-aliases";
                        attribute: string;
                        aliases: string[];
                    } | {
                        /** @enum {string} */
                        kind: "add-value";
                        attribute: string;
                        value: string;
                        /** @default [] */
                        aliases?: string[];
                    } | {
                        /** @enum {string} */
                        kind: "rename-value";
                        attribute: string;
                        value: string;
                        to: string;
                    } | {
                        /** @enum {string} */
                        kind: "value-aliases";
                        attribute: string;
                        value: string;
                        aliases: string[];
                    } | {
                        /** @enum {string} */
                        kind: "add-alias";
                        attribute: string;
                        value: string;
                        alias: string;
                    } | {
                        /** @enum {string} */
                        kind: "merge-value";
                        attribute: string;
                        value: string;
                        /** @description The value that takes its place; the merged name becomes its alias. */
                        into: string;
                    })[];
                    /** @description The revision of the draft that this is based on, none for no draft: 409 if it is another one. */
                    if_revision?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: {
                            /** @description In words, in their order. */
                            edits: string[];
                            /** @description Changes with each edit. */
                            revision: string;
                            /** @description Another taxonomy governs by now; the draft can only be discarded. */
                            outdated: boolean;
                            /** @description Name of the next version, unless another one is given. */
                            version: string | null;
                            /** @description All errors, and the warnings that the draft adds. */
                            findings: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                rule: string;
                                where: string;
                                message: string;
                            }[];
                            /** @description The difference to the version that governs. */
                            changes: string[];
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    undoTaxonomyEdit: {
        parameters: {
            query?: {
                /** @description The revision of the draft that this is based on, none for no draft: 409 if it is another one. */
                if_revision?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: {
                            /** @description In words, in their order. */
                            edits: string[];
                            /** @description Changes with each edit. */
                            revision: string;
                            /** @description Another taxonomy governs by now; the draft can only be discarded. */
                            outdated: boolean;
                            /** @description Name of the next version, unless another one is given. */
                            version: string | null;
                            /** @description All errors, and the warnings that the draft adds. */
                            findings: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                rule: string;
                                where: string;
                                message: string;
                            }[];
                            /** @description The difference to the version that governs. */
                            changes: string[];
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    publishTaxonomy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    step: "check" | "publish" | "undo";
                    /** @description Name of the new version. */
                    version?: string;
                    /** @description Of the draft that was checked. */
                    revision?: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    startImport: {
        parameters: {
            query?: {
                /** @description Format of the body, if its content type does not say. */
                format?: "csv" | "tsv" | "jsonl" | "xlsx";
                /** @description Which column holds which field: title=Name,price=Cost, or as JSON {"title":"Name, long"}. */
                map?: string;
                /** @description Name or number of the sheet of a workbook; default: the first. */
                sheet?: string;
                /** @description Line or row of the names of the columns; default: the first that is no title. */
                header_row?: number;
                /** @description Name of the file, to show it and to name its downloads. */
                name?: string;
                /** @description The file is the whole catalog: products that are not in it are deleted. */
                full?: "0" | "1" | "true" | "false";
                /** @description Let a full import delete more than the shrink guard allows. */
                allow_shrink?: "0" | "1" | "true" | "false";
                /** @description Rows are complete products: what a row lacks is removed. */
                replace?: "0" | "1" | "true" | "false";
                /** @description Let blank cells clear more of a field than the checks allow. */
                allow_clear?: "0" | "1" | "true" | "false";
                /** @description Only report what the import would change; nothing is written. */
                preview?: "0" | "1" | "true" | "false";
            };
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    previewUpload: {
        parameters: {
            query?: {
                /** @description Format of the body, if its content type does not say. */
                format?: "csv" | "tsv" | "jsonl" | "xlsx";
                /** @description Which column holds which field: title=Name,price=Cost, or as JSON {"title":"Name, long"}. */
                map?: string;
                /** @description Name or number of the sheet of a workbook; default: the first. */
                sheet?: string;
                /** @description Line or row of the names of the columns; default: the first that is no title. */
                header_row?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        format: "csv" | "tsv" | "jsonl" | "xlsx";
                        /**
                         * @description The recognised kind of export.
                         * @enum {string}
                         */
                        layout: "plain" | "shopify" | "google" | "woocommerce";
                        /** @description The sheets of a workbook. */
                        sheets: string[];
                        sheet: string | null;
                        /** @description Line or row of the names of the columns. */
                        header_row: number | null;
                        columns: {
                            name: string;
                            /** @description Unique in the file; a map names columns by it. */
                            key: string;
                            /** @description What it is read as; null if it is ignored. */
                            field: string | null;
                            /** @description Its first different values. */
                            values: string[];
                        }[];
                        /** @description Whether a column holds the product id, without which no row can be read. */
                        has_id: boolean;
                        /** @description What a column can be mapped to, besides attributes. */
                        fields: string[];
                        /** @description The saved mapping that fits these columns. */
                        mapping: {
                            /** @description The supplier, or what the files are called. */
                            name: string;
                            /** @description The columns of the file that it was made for; files with these columns are recognised. */
                            columns: string[];
                            /** @description Which column holds which field: {"title": "Name"}. */
                            map: {
                                [key: string]: string;
                            };
                            /** @description The sheet of a workbook. */
                            sheet?: string;
                            /** @description Line or row of the names of the columns. */
                            header_row?: number;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    fillFile: {
        parameters: {
            query?: {
                /** @description Format of the body, if its content type does not say. */
                format?: "csv" | "tsv" | "jsonl" | "xlsx";
                /** @description Which column holds which field: title=Name,price=Cost, or as JSON {"title":"Name, long"}. */
                map?: string;
                /** @description Name or number of the sheet of a workbook; default: the first. */
                sheet?: string;
                /** @description Line or row of the names of the columns; default: the first that is no title. */
                header_row?: number;
                /** @description Name of the file, to show it and to name its downloads. */
                name?: string;
                /** @description What teaches the values: the products of the shop, or the filled rows of the file. Default: shop. */
                learn_from?: "shop" | "file";
            };
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getFilledFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A job from /v1/jobs. */
                id: string;
                /** @description The filled file, or what was filled, one fact a line. */
                file: "filled" | "facts";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listMappings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mappings: {
                            /** @description The supplier, or what the files are called. */
                            name: string;
                            /** @description The columns of the file that it was made for; files with these columns are recognised. */
                            columns: string[];
                            /** @description Which column holds which field: {"title": "Name"}. */
                            map: {
                                [key: string]: string;
                            };
                            /** @description The sheet of a workbook. */
                            sheet?: string;
                            /** @description Line or row of the names of the columns. */
                            header_row?: number;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    saveMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The columns of the file that it was made for; files with these columns are recognised. */
                    columns: string[];
                    /** @description Which column holds which field: {"title": "Name"}. */
                    map: {
                        [key: string]: string;
                    };
                    /** @description The sheet of a workbook. */
                    sheet?: string;
                    /** @description Line or row of the names of the columns. */
                    header_row?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The supplier, or what the files are called. */
                        name: string;
                        /** @description The columns of the file that it was made for; files with these columns are recognised. */
                        columns: string[];
                        /** @description Which column holds which field: {"title": "Name"}. */
                        map: {
                            [key: string]: string;
                        };
                        /** @description The sheet of a workbook. */
                        sheet?: string;
                        /** @description Line or row of the names of the columns. */
                        header_row?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    deleteMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listGenerations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        generations: {
                            id: string;
                            created: string;
                            products: number;
                            taxonomy: string;
                            model: string;
                            current: boolean;
                            /** @description By field: values that its reindex applied, and values that it applied no longer. */
                            changed?: {
                                [key: string]: {
                                    applied: number;
                                    unapplied: number;
                                };
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    activateGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A generation from /v1/generations. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        current: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    startReindex: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Whether blanks are filled first.
                     * @default true
                     */
                    enrich?: boolean;
                    /** @description Whether products without a description get one composed from known values; default: as the last reindex that said. */
                    describe?: boolean;
                    /**
                     * @description Whether to switch even to a generation much smaller than the one that serves.
                     * @default false
                     */
                    allow_shrink?: boolean;
                    /**
                     * @description Whether more applied values than the checks allow may become suggestions again.
                     * @default false
                     */
                    allow_unapply?: boolean;
                } | null;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: components["schemas"]["Job"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A job from /v1/jobs. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getJobQuarantine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A job from /v1/jobs. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A job from /v1/jobs. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    followJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A job from /v1/jobs. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description The end was already sent. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        /** @description When the process started. */
                        started: string;
                        /** @enum {string} */
                        mode: "hybrid" | "lexical";
                        /** @description Whether anything is wrong; reasons says what. */
                        degraded: boolean;
                        /** @description One sentence each. */
                        reasons: string[];
                        /** @description The generation that serves; null if it is no longer on disk. */
                        generation: {
                            id: string;
                            created: string;
                            age_seconds: number;
                            products: number;
                            taxonomy: string;
                            model: string;
                        } | null;
                        /** @description Searchable products. */
                        products: number;
                        /** @description Products written since the generation was built. */
                        delta: number;
                        jobs: {
                            queued: number;
                            running: components["schemas"]["Job"] | null;
                            /** @description The latest 5. */
                            latest: components["schemas"]["Job"][];
                        };
                        /** @description Rows of all imports since the store was created; null if the store cannot be read. */
                        imports: {
                            rows: number;
                            quarantined: number;
                        } | null;
                        /** @description The last measurement; null before the first. */
                        quality: {
                            at: string;
                            measures: {
                                /** @enum {string} */
                                name: "drift" | "strangers" | "confidence_fall" | "abstention_rise" | "rejections" | "zero_hits" | "delta" | "generation_days" | "import_days" | "quarantined" | "without_vector";
                                value: number | null;
                                threshold: number | null;
                                of: number;
                                /** @enum {string} */
                                state: "known" | "few" | "unknown";
                                sentence: string;
                            }[];
                            /** @description Those that are raised. */
                            alerts: {
                                name: string;
                                since: string;
                                value: number;
                                threshold: number;
                            }[];
                        } | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    compareSearches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    search: {
                        /** @description The query as the shopper typed it. Empty: every product that passes the filter. */
                        q?: string;
                        /** @description For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']. */
                        filter?: string;
                        /** @description The facet values that the shopper selected, as a filter: parts joined by AND, one field each, for example brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. It filters as filter does, but the facet of a field ignores that field's own part. */
                        refine?: string;
                        /** @description The fields to count values of, for example brand,attributes.color; * for the most informative ones. */
                        facets?: string[] | string;
                        /** @description The number of values to list per facet, highest counts first. Default 100. */
                        facet_limit?: number;
                        /** @description A field and a prefix to find its values by, for example brand:ac. The facet lists only the values that match. */
                        facet_query?: string;
                        /** @description Count numbers by range: price:..20..50.. (below 20, 20 to below 50, 50 and above) or price:10 (at most ten ranges with round bounds). */
                        facet_ranges?: string[] | string;
                        /** @description The number of category levels to count as a tree. Counts include all levels below. */
                        category_tree?: number;
                        /** @description Return one hit per group_id: the variant that matches best. total, pages and facets then count groups. */
                        group?: boolean;
                        /**
                         * @description active (the default), draft, archived, or all: the products to find, by their field status.
                         * @enum {string}
                         */
                        status?: "active" | "draft" | "archived" | "all";
                        /** @description For example price:asc,rating:desc. Default: by relevance. */
                        sort?: string[] | string;
                        /** @description Starts at 1. */
                        page?: number;
                        /** @description Hits per page. Default 20, maximum 250. */
                        per_page?: number;
                        /** @description Read prices, negations and value names in q as filters. Default true. */
                        understand?: boolean;
                        /** @description Interpretations of q to ignore, given as their filters: brand = 'Acme' AND price < 50. */
                        ignore?: string;
                        /** @description Correct mistyped words to the nearest words of the catalog. Default true. */
                        correct?: boolean;
                        /** @description Explain the score of each hit. */
                        explain?: boolean;
                        /** @description The fields of each product to return, for example title,price,attributes.color; attributes for all of them, * for all but _shelfwright, which holds what the enricher noted: evidence and confidence. Default: everything; for a key with the scope search, *. */
                        fields?: string[] | string;
                        /** @description If nothing matches, drop conditions until something does. understood.relaxed lists what was dropped. Default true. */
                        relax?: boolean;
                    };
                    /**
                     * @description The first configuration. Default: the one that serves.
                     * @default {}
                     */
                    first?: {
                        /**
                         * @description Whether to search by meaning too; false: by words only.
                         * @default true
                         */
                        meaning?: boolean;
                        /**
                         * @description Whether filled values count; false: as if nothing had been enriched.
                         * @default true
                         */
                        facts?: boolean;
                        /**
                         * @description Whether the merchandising rules and their synonyms apply.
                         * @default true
                         */
                        rules?: boolean;
                        /**
                         * @description Whether prices, negations and names of values in the query become filters.
                         * @default true
                         */
                        understand?: boolean;
                        /**
                         * @description Whether to correct the spelling of the query.
                         * @default true
                         */
                        correct?: boolean;
                        /** @description Weights of the features of the ranking; features without one have their default. */
                        weights?: {
                            /** @default 0.6 */
                            words?: number;
                            /** @default 0.2 */
                            meaning?: number;
                            /** @default 0.2 */
                            coverage?: number;
                            /** @default 3 */
                            exact?: number;
                            /** @default 0.2 */
                            brand?: number;
                            /** @default 0.5 */
                            structure?: number;
                            /** @default 0.15 */
                            feedbackSimilarity?: number;
                            /** @default 0.15 */
                            category?: number;
                            /** @default 0.02 */
                            popularity?: number;
                        };
                        /**
                         * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                         * @enum {string}
                         */
                        popularity?: "catalog" | "learned";
                        /** @description Spreads brands or categories over the first hundred places; null: not. */
                        diversity?: {
                            /**
                             * @description Of what the first places show more different ones.
                             * @enum {string}
                             */
                            by: "brand" | "category";
                            /**
                             * @description From 0, the order by score, to 1, as different as possible.
                             * @default 0.3
                             */
                            strength?: number;
                        } | null;
                        /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                        exploration?: {
                            /**
                             * @description Share of the first hundred places that go to products shown rarely so far.
                             * @default 0.1
                             */
                            share?: number;
                            /**
                             * @description A product counts as new until it was looked at so often.
                             * @default 100
                             */
                            max_shown?: number;
                        } | null;
                        /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                        imported?: string;
                        /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                        generation?: string;
                    };
                    /**
                     * @description The second configuration.
                     * @default {}
                     */
                    second?: {
                        /**
                         * @description Whether to search by meaning too; false: by words only.
                         * @default true
                         */
                        meaning?: boolean;
                        /**
                         * @description Whether filled values count; false: as if nothing had been enriched.
                         * @default true
                         */
                        facts?: boolean;
                        /**
                         * @description Whether the merchandising rules and their synonyms apply.
                         * @default true
                         */
                        rules?: boolean;
                        /**
                         * @description Whether prices, negations and names of values in the query become filters.
                         * @default true
                         */
                        understand?: boolean;
                        /**
                         * @description Whether to correct the spelling of the query.
                         * @default true
                         */
                        correct?: boolean;
                        /** @description Weights of the features of the ranking; features without one have their default. */
                        weights?: {
                            /** @default 0.6 */
                            words?: number;
                            /** @default 0.2 */
                            meaning?: number;
                            /** @default 0.2 */
                            coverage?: number;
                            /** @default 3 */
                            exact?: number;
                            /** @default 0.2 */
                            brand?: number;
                            /** @default 0.5 */
                            structure?: number;
                            /** @default 0.15 */
                            feedbackSimilarity?: number;
                            /** @default 0.15 */
                            category?: number;
                            /** @default 0.02 */
                            popularity?: number;
                        };
                        /**
                         * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                         * @enum {string}
                         */
                        popularity?: "catalog" | "learned";
                        /** @description Spreads brands or categories over the first hundred places; null: not. */
                        diversity?: {
                            /**
                             * @description Of what the first places show more different ones.
                             * @enum {string}
                             */
                            by: "brand" | "category";
                            /**
                             * @description From 0, the order by score, to 1, as different as possible.
                             * @default 0.3
                             */
                            strength?: number;
                        } | null;
                        /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                        exploration?: {
                            /**
                             * @description Share of the first hundred places that go to products shown rarely so far.
                             * @default 0.1
                             */
                            share?: number;
                            /**
                             * @description A product counts as new until it was looked at so often.
                             * @default 100
                             */
                            max_shown?: number;
                        } | null;
                        /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                        imported?: string;
                        /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                        generation?: string;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        first: components["schemas"]["RuledAnswer"];
                        second: components["schemas"]["RuledAnswer"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    evaluateSearches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 25 queries a request: send more in several requests. */
                    judgments: {
                        query: string;
                        /** @description The grade of each product by its id: 0 is irrelevant, the higher the better. */
                        grades: {
                            [key: string]: number;
                        };
                    }[];
                    /**
                     * @description The first configuration. Default: the one that serves.
                     * @default {}
                     */
                    first?: {
                        /**
                         * @description Whether to search by meaning too; false: by words only.
                         * @default true
                         */
                        meaning?: boolean;
                        /**
                         * @description Whether filled values count; false: as if nothing had been enriched.
                         * @default true
                         */
                        facts?: boolean;
                        /**
                         * @description Whether the merchandising rules and their synonyms apply.
                         * @default true
                         */
                        rules?: boolean;
                        /**
                         * @description Whether prices, negations and names of values in the query become filters.
                         * @default true
                         */
                        understand?: boolean;
                        /**
                         * @description Whether to correct the spelling of the query.
                         * @default true
                         */
                        correct?: boolean;
                        /** @description Weights of the features of the ranking; features without one have their default. */
                        weights?: {
                            /** @default 0.6 */
                            words?: number;
                            /** @default 0.2 */
                            meaning?: number;
                            /** @default 0.2 */
                            coverage?: number;
                            /** @default 3 */
                            exact?: number;
                            /** @default 0.2 */
                            brand?: number;
                            /** @default 0.5 */
                            structure?: number;
                            /** @default 0.15 */
                            feedbackSimilarity?: number;
                            /** @default 0.15 */
                            category?: number;
                            /** @default 0.02 */
                            popularity?: number;
                        };
                        /**
                         * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                         * @enum {string}
                         */
                        popularity?: "catalog" | "learned";
                        /** @description Spreads brands or categories over the first hundred places; null: not. */
                        diversity?: {
                            /**
                             * @description Of what the first places show more different ones.
                             * @enum {string}
                             */
                            by: "brand" | "category";
                            /**
                             * @description From 0, the order by score, to 1, as different as possible.
                             * @default 0.3
                             */
                            strength?: number;
                        } | null;
                        /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                        exploration?: {
                            /**
                             * @description Share of the first hundred places that go to products shown rarely so far.
                             * @default 0.1
                             */
                            share?: number;
                            /**
                             * @description A product counts as new until it was looked at so often.
                             * @default 100
                             */
                            max_shown?: number;
                        } | null;
                        /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                        imported?: string;
                        /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                        generation?: string;
                    };
                    /**
                     * @description The second configuration.
                     * @default {}
                     */
                    second?: {
                        /**
                         * @description Whether to search by meaning too; false: by words only.
                         * @default true
                         */
                        meaning?: boolean;
                        /**
                         * @description Whether filled values count; false: as if nothing had been enriched.
                         * @default true
                         */
                        facts?: boolean;
                        /**
                         * @description Whether the merchandising rules and their synonyms apply.
                         * @default true
                         */
                        rules?: boolean;
                        /**
                         * @description Whether prices, negations and names of values in the query become filters.
                         * @default true
                         */
                        understand?: boolean;
                        /**
                         * @description Whether to correct the spelling of the query.
                         * @default true
                         */
                        correct?: boolean;
                        /** @description Weights of the features of the ranking; features without one have their default. */
                        weights?: {
                            /** @default 0.6 */
                            words?: number;
                            /** @default 0.2 */
                            meaning?: number;
                            /** @default 0.2 */
                            coverage?: number;
                            /** @default 3 */
                            exact?: number;
                            /** @default 0.2 */
                            brand?: number;
                            /** @default 0.5 */
                            structure?: number;
                            /** @default 0.15 */
                            feedbackSimilarity?: number;
                            /** @default 0.15 */
                            category?: number;
                            /** @default 0.02 */
                            popularity?: number;
                        };
                        /**
                         * @description Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.
                         * @enum {string}
                         */
                        popularity?: "catalog" | "learned";
                        /** @description Spreads brands or categories over the first hundred places; null: not. */
                        diversity?: {
                            /**
                             * @description Of what the first places show more different ones.
                             * @enum {string}
                             */
                            by: "brand" | "category";
                            /**
                             * @description From 0, the order by score, to 1, as different as possible.
                             * @default 0.3
                             */
                            strength?: number;
                        } | null;
                        /** @description Gives some of the first hundred places to new products, by Thompson sampling; null: none. */
                        exploration?: {
                            /**
                             * @description Share of the first hundred places that go to products shown rarely so far.
                             * @default 0.1
                             */
                            share?: number;
                            /**
                             * @description A product counts as new until it was looked at so often.
                             * @default 100
                             */
                            max_shown?: number;
                        } | null;
                        /** @description The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves. */
                        imported?: string;
                        /** @description The id of another generation, with the prices, stock and products of now. Made with the same model. */
                        generation?: string;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queries: {
                            query: string;
                            /** @description Whether a product is relevant; otherwise the measures are 0. */
                            relevant: boolean;
                            first: {
                                ndcg_at_10: number;
                                reciprocal_rank: number;
                                recall_at_100: number;
                                /** @description Number of products found. */
                                found: number;
                            };
                            second: {
                                ndcg_at_10: number;
                                reciprocal_rank: number;
                                recall_at_100: number;
                                /** @description Number of products found. */
                                found: number;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether requests need a key, as one has existed. */
                        required: boolean;
                        keys: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            scope: "search" | "write" | "admin";
                            filter: string | null;
                            created: string;
                            revoked: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description For the list of keys.
                     * @default
                     */
                    name?: string;
                    /**
                     * @description Each scope includes those before it.
                     * @default search
                     * @enum {string}
                     */
                    scope?: "search" | "write" | "admin";
                    /** @description For a key with the scope search: it sees only products that match, for example availability = 'in stock'. */
                    filter?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        scope: "search" | "write" | "admin";
                        filter: string | null;
                        created: string;
                        revoked: string | null;
                        /** @description What clients send. Save it now. */
                        key: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A key from /v1/keys. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revoked: string;
                        /** @description Whether it was the last valid key. */
                        last: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The configuration file that was read. */
                        file: string | null;
                        sections: {
                            name: string;
                            description: string;
                            settings: {
                                path: string;
                                description: string;
                                /** @description Secrets are masked. */
                                value: unknown;
                                default: unknown;
                                /** @enum {string} */
                                from: "flag" | "environment" | "file" | "default";
                                /** @description The flag, the variable, or the line of the file. */
                                place: string | null;
                                /** @description The accepted values, in words. */
                                expected: string;
                                /** @description The environment variable that sets it. */
                                variable: string;
                            }[];
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCompleteness: {
        parameters: {
            query?: {
                /** @description A category path: the categories directly below it; default: the topmost ones. */
                under?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        products: number;
                        /** @description The products that were counted: all, or an evenly spread sample of a large catalog. */
                        counted: number;
                        under: string | null;
                        /** @description The share of cells that the merchant filled. */
                        before: number;
                        /** @description The share with applied values. */
                        after: number;
                        /** @description The share if everything suggested were decided, as far as the suggestions are expected to be right. */
                        expected: number;
                        /** @description A product’s category, and each attribute that its category carries. */
                        cells: number;
                        /** @description Of them, filled by the merchant. */
                        filled: number;
                        /** @description Filled by enrichment or by a decision. */
                        applied: number;
                        /** @description Blank, with a suggestion that waits for review. */
                        suggested: number;
                        /** @description The categories directly below, most cells first; at most 250. */
                        categories: {
                            /** @description Its path; "" for products without a category. */
                            category: string;
                            /** @description Whether it has categories below it. */
                            narrower: boolean;
                            products: number;
                            /** @description A product’s category, and each attribute that its category carries. */
                            cells: number;
                            /** @description Of them, filled by the merchant. */
                            filled: number;
                            /** @description Filled by enrichment or by a decision. */
                            applied: number;
                            /** @description Blank, with a suggestion that waits for review. */
                            suggested: number;
                        }[];
                        /** @description Where to start: fields with suggestions, then those with most blanks; at most 20. */
                        starts: {
                            category: string;
                            field: string;
                            blank: number;
                            suggested: number;
                            /** @description The expected number of right suggestions. */
                            expected: number;
                        }[];
                        /** @description Frequent values that are not in the lists of the taxonomy. */
                        proposals: number;
                        waiting: {
                            field: string;
                            /** @description The confidence at which the fewest decisions are missing; absent if no answer is sure enough. */
                            from?: number;
                            /** @description Outcomes at or above it. */
                            seen: number;
                            right: number;
                            /** @description The share that has to be right. */
                            target: number;
                            /** @description How many more values accepted one by one would let the field apply values itself. */
                            missing?: number;
                        }[];
                        /** @description The whole catalog at each reindex, oldest first. */
                        history: {
                            at: string;
                            generation: string;
                            products: number;
                            /** @description The share of cells that the merchant filled. */
                            before: number;
                            /** @description The share with applied values. */
                            after: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listQueries: {
        parameters: {
            query?: {
                /** @description none: only queries that found nothing. */
                found?: "none" | "any";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether searches are recorded (setting queries.retention_days). */
                        recorded: boolean;
                        /** @description The days that they are kept for. */
                        days: number;
                        /** @description Recorded searches without a filter. */
                        searches: number;
                        /** @description Those of them that found nothing. */
                        empty: number;
                        queries: {
                            query: string;
                            searches: number;
                            /** @description Products found by the last search. */
                            total: number;
                            last_day: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getQuality: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description When it was measured last; null before the first time. */
                        at: string | null;
                        measures: {
                            /** @enum {string} */
                            name: "drift" | "strangers" | "confidence_fall" | "abstention_rise" | "rejections" | "zero_hits" | "delta" | "generation_days" | "import_days" | "quarantined" | "without_vector";
                            value: number | null;
                            threshold: number | null;
                            of: number;
                            /** @enum {string} */
                            state: "known" | "few" | "unknown";
                            sentence: string;
                        }[];
                        /** @description Oldest first: all of the last day, then one an hour for a week, then one a day. */
                        history: {
                            at: string;
                            generation: string | null;
                            /** @description By measure; only known values. */
                            values: {
                                [key: string]: number;
                            };
                        }[];
                        alerts: {
                            name: string;
                            since: string;
                            value: number;
                            threshold: number;
                        }[];
                        /** @description Why the last measurement failed. */
                        problem: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
